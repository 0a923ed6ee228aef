import { globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { tablesWritten } from '../../server/testing/tables.ts'
import { functions } from './guarded-functions.ts'

/** Written by functions or by the platform alone: the room whose tests look at them. */
const tables: Record<string, string> = {
  need_surveys: 'satisfaction',
  survey_refusals: 'satisfaction',
  need_hires: 'needs',
  need_proposals: 'needs',
  account_identities: 'identity',
  sessions: 'identity',
  second_factors: 'identity',
  second_factor_challenges: 'identity',
  second_factor_failures: 'identity',
  recovery_codes: 'identity',
  passwords: 'passwords',
  account_activity: 'people',
  account_states: 'people',
  departed_people: 'people',
  departures_held: 'people',
  departures_to_come: 'people',
  purges: 'retention',
  rights_request_corrections: 'rights-requests',
  rights_request_withdrawals: 'rights-requests',
  legal_holds: 'retention',
  exceptional_acts: 'necessity',
  inactivity_spans: 'people',
  organisations: 'organisations',
  organisation_identities: 'partners',
  organisation_siret_versions: 'partners',
  organisation_sirets: 'organisations',
  role_assignments: 'accounts',
  idempotency_keys: 'platform',
  audit_entries: 'audit',
  audit_details: 'audit',
  trail_checkpoints: 'audit',
  trail_head: 'audit',
  trail_leaves: 'audit',
  trail_nodes: 'audit',
  convention_templates: 'conventions',
  operator_identities: 'conventions',
  hirings_recent: 'recruitments',
  usage_days: 'indicators',
  usage_months: 'indicators',
  campaign_memberships: 'indicators',
  campaign_coordinations: 'indicators',
  reached_changes: 'indicators',
  reached_numbers: 'indicators',
  reached_sets: 'indicators',
  frozen_figures: 'indicators',
  frozen_months: 'indicators',
  organisation_sign_in: 'passwords',
  campaign_contacts: 'campaigns',
  target_assignments: 'sharing',
  target_turns: 'campaigns',
  campaign_handovers: 'taking-over',
  register_moves: 'register-moves',
  register_move_targets: 'register-moves',
  register_move_records: 'register-moves',
  target_recalls: 'recalls',
  need_recalls: 'recalls',
  first_days: 'first-day',
  address_changes: 'addresses',
  shared_addresses: 'second-accounts',
  sign_in_choices: 'identity',
  access_anomalies: 'anomalies',
  confirmations: 'confirmations',
  correspondents: 'correspondents',
  correspondent_links: 'correspondents',
  correspondent_values: 'correspondents',
  correspondent_merges: 'correspondents',
  correspondent_merge_values: 'correspondents',
  correspondents_apart: 'correspondents',
  correspondent_objections: 'correspondents',
  objection_digests: 'correspondents',
  account_contacts: 'accounts',
  mails: 'notifications',
  notifications: 'notifications',
  notification_choices: 'notifications',
  provisional_establishments: 'establishments',
  accounts: 'accounts',
  action_proposals: 'proposed-actions',
  calendar_feeds: 'calendar',
}
/** Files of other rooms that also guard a table. */
const beside: Record<string, readonly string[]> = {
  campaign_contacts: ['server/work-with-employers/exchanges/exchanges-in-campaigns.test.ts'],
  campaign_results: ['server/work-with-employers/exchanges/campaign-results.test.ts'],
  role_sleeps: ['server/oversight/security/sleeping-roles.test.ts'],
  last_officer: ['server/oversight/security/sleeping-roles.test.ts'],
}
/** Too long to run for each mutant, or looking at nothing of rights. */
const leftOut = /\.size\.test\.ts$|server\/start\.test\.ts|killed\.test\.ts|platform\/(?!envelope|row-level-security)/

const written = new Map<string, string>()
for (const file of globSync('server/**/*.ts').filter(f => !/\.test\.ts$|\/testing/.test(f)))
  for (const table of tablesWritten(readFileSync(file, 'utf8'))) written.set(table, basename(dirname(file)))

export const roomOfTable = (table: string): string | undefined => tables[table] ?? written.get(table)
export const roomOfFunction = (signature: string): string | undefined =>
  Object.entries(functions).find(([, signatures]) => signatures.includes(signature))?.[0]
export const guardedFunctions = Object.values(functions).flat()

/** Rooms whose tests guard the same rights together. */
const ofRights = ['accounts', 'people', 'grants']
const testsIn = (room: string) =>
  globSync(
    (ofRights.includes(room) ? ofRights : [room]).flatMap(one => [
      `server/${one}/*.test.ts`,
      `server/*/${one}/*.test.ts`,
    ]),
  )

const cost = (file: string) => (/\.(straight|parity|policy)\.test\.ts$/.test(file) ? 0 : 1)
/** Looks at every policy at once: that it asks for the sealed context, which nobody can forge. */
const ofTheSeal = 'server/platform/row-level-security.test.ts'
const ofSealedFunctions = 'server/platform/sealed-functions.test.ts'
/** Some tests of a file, by their title, or all of them. */
export interface Guard {
  readonly file: string
  readonly titles?: string
  /** Of a second or so. */
  readonly quick?: boolean
  /** One test, which may stand on those before it in its file. */
  readonly single?: boolean
}
const straight = 'whatever |straight to'
/**
 * What guards a table or a function of a room: what is tried straight at the database, then the files that name it,
 * then the likeliest to see a lost right.
 */
export const testsOf = (room: string, named: string, clause: string): Guard[] => {
  const bare = named.replace(/^ctx\.|\(.*$/g, '')
  const camel = bare.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase())
  const names = (file: string) => {
    const text = readFileSync(file, 'utf8')
    return text.includes(bare) || text.includes(`'${camel}'`) ? 0 : 1
  }
  const sealed = !/: \(?(not )?\(?( ?select )?ctx\.(ok|known)\(\)[^)]*\)* →/i.test(clause)
    ? []
    : named.includes('(')
      ? [{ file: ofSealedFunctions, quick: true }]
      : [{ file: ofTheSeal, titles: 'without the sealed context' }]
  const files = [...testsIn(room), ...(beside[bare] ?? [])]
    .filter(f => f !== ofTheSeal || room === 'platform')
    .filter(
      f => !leftOut.test(f) && readFileSync(f, 'utf8').match(/open(Bulk)?House|openWorld|freshDatabase|openRegister/),
    )
    .map(file => ({ file, at: names(file) * 2 + cost(file) }))
    .sort((a, b) => a.at - b.at || a.file.localeCompare(b.file))
    .map(({ file }) => file)
  const tried = files.filter(file => new RegExp(`test\\(['\`].*(${straight})`).test(readFileSync(file, 'utf8')))
  return [...sealed, ...tried.map(file => ({ file, titles: straight })), ...files.map(file => ({ file }))]
}
