// What you publish beyond the contract: fields on your own record type, and types whose names begin with {{type}}.
// Clients find them on your record alone; the merged lists stay as they are. After a change: npm run schema.
//
// It adds nothing yet. An example: take the line below away and the comment signs from the rest.

export const extension = undefined

// export const extension = {
//   sdl: `
//     extend type {{type}}Record {
//       "The plan of care that was reviewed last; null when there is none."
//       latestReview: {{type}}Review
//     }
//     "A plan of care as it was last reviewed."
//     type {{type}}Review {
//       title: String
//       status: String
//     }
//   `,
//   // Who may see the care plans may see it. Without this line: only roles that see every section.
//   sections: { latestReview: 'carePlans' },
//   // Nothing in it says where a sensitive patient is. Without this line it is null for them.
//   withoutLocation: { latestReview: (review) => review },
//   resolvers: {
//     {{type}}Record: {
//       // The patient's own resources as they came in, the last first; what is never shared is not among them.
//       async latestReview({ nhsNumber }, _arguments, { findResources }) {
//         const [plan] = await findResources(nhsNumber, 'CarePlan')
//         return plan ? { title: plan.title, status: plan.status } : null
//       },
//     },
//   },
// }
