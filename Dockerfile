# One image for every part: `serve <participant>`, `gateway`, `populate`, `token`.
FROM node:22-bookworm-slim AS source
WORKDIR /app
# Another registry than npm's own: --build-arg NPM_CONFIG_REGISTRY=https://registry.example
ARG NPM_CONFIG_REGISTRY
COPY package.json package-lock.json .npmrc ./

FROM source AS build
RUN npm ci --omit=dev --ignore-scripts
COPY . .
RUN node scripts/build.mjs

FROM source AS dependencies
# What is optional is the embedded PostgreSQL and the bundler: containers need neither.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force

FROM node:22-bookworm-slim
ENV HOST=0.0.0.0 LCR_DATA_DIR=/data NPM_CONFIG_CACHE=/tmp/npm NPM_CONFIG_UPDATE_NOTIFIER=false
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY subgraphs subgraphs
COPY package.json supergraph.graphql LICENSE NOTICE ./
# npx would install the package whose own command it runs, and build it: without `bin` it finds the link.
RUN npm pkg delete bin scripts \
  && mkdir -p node_modules/.bin \
  && ln -s ../../dist/cli/lcr.js node_modules/.bin/lcr
# A named volume takes over the owner of the folder that it is mounted on.
RUN mkdir -p /data/keys/public && chown -R node:node /data
USER node
EXPOSE 4000
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "/app/dist/cli/lcr.js"]
CMD ["gateway"]
