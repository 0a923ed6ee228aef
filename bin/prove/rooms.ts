import { globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'

/**
 * Functions of the database that decide rights, by the room whose tests guard them; those of entering and of the
 * context are those of identity, accounts, people and grants.
 */
const functions: Record<string, readonly string[]> = {
  campaigns: [
    'ctx.visible_campaigns()',
    'ctx.piloted_campaigns()',
    'campaign_conflicts(uuid,date,date)',
    'count_conflicts(bigint[],date,date,date,uuid)',
    'campaign_lead_candidates(uuid[],integer,date)',
    'take_holds(uuid,text,date)',
    'taken_meetings(uuid,date)',
  ],
  'running-campaigns': ['campaign_successors(uuid,date)', 'hand_campaign_over(uuid,uuid,date)'],
  sharing: ['ctx.led_campaigns()', 'sharing_recipients(uuid,date)', 'sharing_referents(uuid,bigint[])'],
  exchanges: [
    'colleagues_at(integer,integer,integer,integer,date)',
    'contacted_since(bigint,date)',
    'ctx.covers(integer[],integer,integer,integer,integer)',
  ],
  conventions: [
    'ctx.acts_for_operator()',
    'ctx.acts_for_partner()',
    'ctx.in_force(uuid,timestamp with time zone)',
    'name_signatory(uuid,uuid,uuid,text,text,text,text,boolean)',
    'register_partner(uuid,bigint,text,text)',
  ],
  accounts: [
    'ctx.decidable_accounts()',
    'ctx.managers()',
    'ctx.managers_in_effect()',
    'ctx.effective_roles(uuid,timestamp with time zone)',
    'ctx.role_sleeps(role_assignments,timestamp with time zone)',
    'ctx.last_officer(role_assignments,timestamp with time zone)',
  ],
  people: [
    'ctx.inactive_at(uuid,timestamp with time zone)',
    'ctx.inactivity_from(uuid,timestamp with time zone)',
    'ctx.lift_inactivity(uuid,text)',
  ],
  grants: [
    'ctx.leads()',
    'ctx.leads_colleagues()',
    'ctx.held_grants(uuid,timestamp with time zone)',
    'ctx.access_at(uuid,timestamp with time zone)',
    'ctx.ceiling(uuid,timestamp with time zone)',
    'ctx.own_ceiling()',
    'ctx.perimeter_within(integer,uuid,integer[])',
  ],
  confirmations: ['ctx.confirmable()', 'ctx.settle_confirmation(uuid,text,text)'],
  territories: ['ctx.visible_task_forces()', 'ctx.piloted_task_forces()'],
  identity: ['ctx.ok()', 'ctx.known()', 'ctx.enter(bytea)', 'ctx.touch(bytea)', 'ctx.act(bytea)'],
  'sign-in-help': [
    'ctx.may_help(uuid)',
    'ctx.person_to_help(uuid)',
    'ctx.reset_second_factors(uuid,bytea,timestamp with time zone)',
    'ctx.make_password_link(uuid,uuid,bytea,timestamp with time zone,bytea)',
  ],
  rgc: [
    'ctx.rgc_missing(uuid,timestamp with time zone)',
    'ctx.deeds_naming_me()',
    'ctx.deeds_naming_me_alone()',
    'ctx.deed_in_force(rgc_deeds,timestamp with time zone)',
    'ctx.stands_on_deed(uuid,timestamp with time zone)',
    'ctx.rgc_in_place(uuid,timestamp with time zone)',
  ],
  anomalies: ['ctx.judges_access(uuid[])'],
  notifications: ['ctx.recipients_of(uuid,integer,timestamp with time zone)', 'mails_given_up()', 'retry_mail(uuid)'],
  security: ['ctx.uses_to_watch(timestamp with time zone,timestamp with time zone,text[])'],
}
/** Written by functions or by the platform alone: the room whose tests look at them. */
const tables: Record<string, string> = {
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
  inactivity_spans: 'people',
  organisations: 'organisations',
  role_assignments: 'accounts',
  idempotency_keys: 'platform',
  audit_entries: 'audit',
  audit_details: 'audit',
  trail_checkpoints: 'audit',
  trail_head: 'audit',
  trail_leaves: 'audit',
  trail_nodes: 'audit',
  usage_days: 'indicators',
  usage_months: 'indicators',
  organisation_sign_in: 'passwords',
  campaign_contacts: 'campaigns',
  target_assignments: 'sharing',
  access_anomalies: 'anomalies',
  confirmations: 'confirmations',
  correspondents: 'correspondents',
  correspondent_values: 'correspondents',
  account_contacts: 'accounts',
  mails: 'notifications',
  provisional_establishments: 'establishments',
  accounts: 'accounts',
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

const writers =
  /(?:insertInto|updateTable|deleteFrom)\('(\w+)'\)|\b(?:insert into|update|delete from)\s+([a-z_0-9]+)\b(?=\s*(?:\(|set|where|as|using|\w+ set|\w+ using|$|select|values))/g
const sources = globSync('server/**/*.ts')
const written = new Map<string, string>()
for (const file of sources.filter(f => !/\.test\.ts$|\/testing/.test(f)))
  for (const [, camel, snake] of readFileSync(file, 'utf8').matchAll(writers))
    written.set(snake ?? camel!.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`), basename(dirname(file)))

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
/** Some tests of a file, by their title, or all of them. */
export interface Guard {
  readonly file: string
  readonly titles?: string
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
  const sealed = /: \(? ?SELECT ctx\.(ok|known)\(\)[^)]*\)* →/i.test(clause) ? [ofTheSeal] : []
  const files = [...testsIn(room), ...(beside[bare] ?? [])]
    .filter(f => f !== ofTheSeal || room === 'platform')
    .filter(f => !leftOut.test(f) && readFileSync(f, 'utf8').match(/openHouse|freshDatabase|openRegister/))
    .map(file => ({ file, at: names(file) * 2 + cost(file) }))
    .sort((a, b) => a.at - b.at || a.file.localeCompare(b.file))
    .map(({ file }) => file)
  const tried = files.filter(file => new RegExp(`test\\(['\`].*(${straight})`).test(readFileSync(file, 'utf8')))
  return [
    ...sealed.map(file => ({ file })),
    ...tried.map(file => ({ file, titles: straight })),
    ...files.map(file => ({ file })),
  ]
}
