import { tellAllergies } from './allergies.ts'

const { LCR_GATEWAY: url = 'http://127.0.0.1:4000', LCR_TOKEN: token = '' } = process.env
const [nhsNumber = '9990000018'] = process.argv.slice(2)

console.log(await tellAllergies({ url, token }, nhsNumber))
