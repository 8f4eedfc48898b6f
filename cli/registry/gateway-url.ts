/** A gateway of `npm start`. */
export const DEFAULT_GATEWAY = 'http://127.0.0.1:4000'
