import { describe, expect, it } from 'vitest'
import { renderSettings } from '../../gateway/config/settings-table.ts'
import { type Config, ConfigError, findGatewayProblems, readConfig } from '../../gateway/config.ts'
import { findParticipants } from '../../subgraphs/kit/find-participants.ts'

const participants = await findParticipants()

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env, participants)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

const pds = {
  LCR_PDS_BASE_URL: 'https://api.service.nhs.uk/personal-demographics/FHIR/R4',
  LCR_PDS_TOKEN_URL: 'https://api.service.nhs.uk/oauth2/token',
  LCR_PDS_CLIENT_ID: 'an-api-key',
  LCR_PDS_PRIVATE_KEY: '/etc/lcr/pds.jwk.json',
}

describe('settings', () => {
  it('start the gateway on port 4000 of this machine, with the participants after it', () => {
    const config = readConfig({}, participants)
    expect(config).toMatchObject({
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: undefined,
      logLevel: 'info',
      isProduction: false,
      issuer: undefined,
      population: { patients: 2000 },
      sourceDeadlineMs: 2000,
      deadlineMs: 3000,
      warnings: [],
    } satisfies Partial<Record<keyof Config, unknown>>)
    expect(config.sources.map(({ port }) => port)).toEqual(
      Array.from({ length: 12 }, (_, index) => 4001 + index),
    )
    expect(config.sources[0]).toEqual({
      code: 'clch',
      isSet: false,
      name: 'Central London Community Healthcare NHS Trust',
      port: 4001,
      url: 'http://127.0.0.1:4001/graphql',
      urls: ['http://127.0.0.1:4001/graphql'],
      databaseUrl: undefined,
    })
  })

  it('take a participant from anywhere', () => {
    const { sources } = readConfig(
      {
        NEL_URL: 'https://nel.example/graphql,https://two.example/graphql',
        NEL_DATABASE_URL: 'postgres://u:p@db:5432/nel',
      },
      participants,
    )
    expect(sources.find(({ code }) => code === 'nel')).toMatchObject({
      url: 'https://nel.example/graphql',
      urls: ['https://nel.example/graphql', 'https://two.example/graphql'],
      databaseUrl: 'postgres://u:p@db:5432/nel',
    })
  })

  it('count an empty variable as absent', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '', LCR_ISSUER: '' }, participants)).toEqual(
      readConfig({}, participants),
    )
  })

  it.each([
    [{ PORT: 'http' }, ['PORT is "http": it must be a whole number from 1 to 65535']],
    [{ PORT: '0' }, ['PORT is "0": it must be a whole number from 1 to 65535']],
    [{ PORT: '4e3' }, ['PORT is "4e3": it must be a whole number from 1 to 65535']],
    [{ PORT: '65530' }, ['PORT is 65530: it must leave 12 ports after it, up to 65535']],
    [{ HOST: 'not a host' }, ['HOST is "not a host": it must be an IP address or a host name']],
    [
      { LOG_LEVEL: 'verbose' },
      ['LOG_LEVEL is "verbose": it must be one of trace, debug, info, warn, error, fatal, silent'],
    ],
    [
      { LCR_DEADLINE_MS: '500' },
      ['LCR_DEADLINE_MS is 500: it must not be less than LCR_SOURCE_DEADLINE_MS, 2000'],
    ],
    [
      { LCR_ISSUER: 'https://issuer.example' },
      ['LCR_JWKS_URL is absent: LCR_ISSUER and LCR_JWKS_URL are set together'],
    ],
    [
      { SEL_URL: 'sel:4002' },
      [
        'SEL_URL is "sel:4002": it must be an http or https URL, or several with commas between them',
      ],
    ],
  ])('refuse %o', (env, problems) => {
    expect(problemsOf(env)).toEqual(problems)
  })

  it('report every problem at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y', NEL_URL: 'z' })).toHaveLength(3)
  })

  it('never repeat a password', () => {
    expect(problemsOf({ NEL_DATABASE_URL: 'mysql://user:hunter2@db/nel' })).toEqual([
      'NEL_DATABASE_URL has another form: it must be postgres://user:password@host:port/database',
    ])
  })

  it('point out a misspelt name', () => {
    const env = { LCR_DEADLNE_MS: '500', LCR_SOMETHING_ELSE_ENTIRELY: '1', LC_ALL: 'C' }
    expect(readConfig(env, participants).warnings).toEqual([
      'LCR_DEADLNE_MS is no setting and has no effect: did you mean LCR_DEADLINE_MS?',
      'LCR_SOMETHING_ELSE_ENTIRELY is no setting and has no effect',
    ])
  })

  it('connect no national demographics service unless they say so', () => {
    expect(readConfig({}, participants).national).toBeNull()
  })

  it('connect the national demographics service, an answer good for a day and used for a week', () => {
    expect(readConfig({ ...pds, LCR_PDS_KEY_ID: 'lcr-1' }, participants).national).toEqual({
      baseUrl: 'https://api.service.nhs.uk/personal-demographics/FHIR/R4',
      tokenUrl: 'https://api.service.nhs.uk/oauth2/token',
      clientId: 'an-api-key',
      privateKey: '/etc/lcr/pds.jwk.json',
      keyId: 'lcr-1',
      timeoutMs: 500,
      freshForMs: 24 * 60 * 60_000,
      keptForMs: 7 * 24 * 60 * 60_000,
    })
  })

  it.each([
    [
      { LCR_PDS_BASE_URL: pds.LCR_PDS_BASE_URL },
      [
        'LCR_PDS_TOKEN_URL is absent: LCR_PDS_BASE_URL needs it',
        'LCR_PDS_CLIENT_ID is absent: LCR_PDS_BASE_URL needs it',
        'LCR_PDS_PRIVATE_KEY is absent: LCR_PDS_BASE_URL needs it',
      ],
    ],
    [
      { LCR_PDS_CLIENT_ID: 'an-api-key' },
      ['LCR_PDS_BASE_URL is absent: without it LCR_PDS_CLIENT_ID is not used'],
    ],
    [
      { ...pds, LCR_PDS_BASE_URL: 'http://api.service.nhs.uk/personal-demographics/FHIR/R4' },
      [
        'LCR_PDS_BASE_URL is "http://api.service.nhs.uk/personal-demographics/FHIR/R4": it must be an https URL without a query; http on this machine alone',
      ],
    ],
    [
      { ...pds, LCR_PDS_TOKEN_URL: 'http://127.0.0.1.example/oauth2/token' },
      [
        'LCR_PDS_TOKEN_URL is "http://127.0.0.1.example/oauth2/token": it must be an https URL without a query; http on this machine alone',
      ],
    ],
    [
      { ...pds, LCR_PDS_FRESH_HOURS: '48', LCR_PDS_KEPT_DAYS: '1' },
      ['LCR_PDS_KEPT_DAYS is 1: it must not be less than LCR_PDS_FRESH_HOURS, 48 hours'],
    ],
  ])('refuse half a national service or an open line to it: %o', (env, problems) => {
    expect(problemsOf(env)).toEqual(problems)
  })

  it('let the national service be played on this machine', () => {
    for (const host of ['127.0.0.1:9000', 'localhost:9000', '[::1]:9000']) {
      const env = { ...pds, LCR_PDS_BASE_URL: `http://${host}/R4` }
      expect(readConfig(env, participants).national?.baseUrl).toBe(`http://${host}/R4`)
    }
  })

  it('refuse the development issuer in production', () => {
    const env = { NODE_ENV: 'production' }
    expect(findGatewayProblems(readConfig(env, participants))).toEqual([
      'NODE_ENV is production, where the development issuer is refused: set LCR_ISSUER and LCR_JWKS_URL',
    ])
    const real = { LCR_ISSUER: 'https://cis2.example', LCR_JWKS_URL: 'https://cis2.example/jwks' }
    expect(findGatewayProblems(readConfig({ ...env, ...real }, participants))).toEqual([])
  })

  it('are described in docs/settings.md as the schema has them', async () => {
    const page = renderSettings(participants.map(({ code }) => code))
    await expect(page).toMatchFileSnapshot('../../docs/settings.md')
  })
})
