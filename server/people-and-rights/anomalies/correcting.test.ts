import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { statementsOf } from '../../platform/repeatables.ts'
import { resolved, root, serverCode, text } from '../../testing/sources.ts'

/** What an anomaly is judged by, that someone decides. What one does oneself (coming, using a tool) is no act on a right. */
const facts = 'accounts|grants|inactivity_spans|role_assignments'
const written = new RegExp(`(?:insert\\s+into|update|delete\\s+from)\\s+(?:public\\.)?(?:${facts})\\b`)
const writtenByBuilder =
  /(?:insertInto|updateTable|deleteFrom)\('(?:accounts|grants|inactivitySpans|roleAssignments)'\)/

/** Functions of the database that write them, by themselves or by one that they call. Coming in is no act on a right. */
const named = (statement: string) => /^create or replace function (\S+?)\(/m.exec(statement)?.[1]
const statements = readdirSync(join(root, 'database/functions'))
  .flatMap(file => statementsOf(text(join('database/functions', file))))
  .filter(statement => named(statement) && !/returns\s+trigger/.test(statement))
const direct = statements.filter(statement => written.test(statement)).map(statement => named(statement)!)
const functions = [
  ...new Set([
    ...direct,
    ...statements
      .filter(statement =>
        direct.some(name => name !== 'ctx.record_act' && name !== named(statement) && statement.includes(`${name}(`)),
      )
      .map(statement => named(statement)!),
  ]),
]
const writes = (code: string) =>
  written.test(code) || writtenByBuilder.test(code) || functions.some(name => code.includes(`${name}(`))

/** The functions of a file of queries that write them. */
const writersOf = (file: string): string[] =>
  text(file)
    .split(/^(?=(?:export )?(?:const|type|interface) )/m)
    .filter(writes)
    .flatMap(block => /^export const (\w+)/.exec(block)?.[1] ?? [])
const isQueries = (file: string) => file.endsWith('.queries.ts')
const writers = new Map(
  serverCode()
    .filter(isQueries)
    .map(file => [file, writersOf(file)]),
)

/** What else writes them, each with the reason why it keeps no anomaly. */
const byRole = 'gives or ends a role, which only « sans habilitation ni rôle » is judged by: the night writes it'
const byAnnex = 'ends the grants of a tool that annex 4 withdraws, for everyone at once: the night writes it'
const byCommand = 'on the command line, nobody acts: the night writes it'
const others: Record<string, string> = {
  'admin/create-operator.ts': byCommand,
  'admin/roles.ts': byCommand,
  'agreement/partner-roles/end-partner-role.ts': byRole,
  'agreement/partner-roles/give-partner-role.ts': byRole,
  'agreement/partners/partners.ts': byRole,
  'agreement/tools/cancel-annex-4.ts': byAnnex,
  'agreement/tools/designate-requester.ts': 'an account that opens has no anomaly yet',
  'agreement/tools/publish-annex-4.ts': byAnnex,
  'agreement/tools/settle-withdrawn-tools.job.ts': byAnnex,
  'people-and-rights/addresses/settle-address-change.ts':
    'changes an address, by which no anomaly is judged, and the version of its account',
  'people-and-rights/organisations/edit-third-party.ts':
    'changes a contract for all its people at once: the night writes it',
  'people-and-rights/people/end-departed.job.ts': 'ends whoever left, on the day declared: the night writes it',
  'people-and-rights/people/confirm-import.ts': 'an account that opens has no anomaly yet',
  'people-and-rights/people/create-person.ts': 'an account that opens has no anomaly yet',
  'people-and-rights/rgc/correct-paper.ts': byRole,
  'people-and-rights/rgc/decide-deed.ts': byRole,
  'people-and-rights/rgc/declare-event.ts': byRole,
  'people-and-rights/rgc/enter-deed.ts': byRole,
  'people-and-rights/rgc/make-revocation.ts': byRole,
  'people-and-rights/rgc/name-members.ts': 'an account that opens has no anomaly yet',
  'people-and-rights/rgc/sign-deed.ts': byRole,
  'people-and-rights/roles/end-operator-role.ts': byRole,
  'people-and-rights/roles/give-operator-role.ts': byRole,
}
const correctingFile = join('server', 'people-and-rights', 'anomalies', 'correcting.ts')
const callsWriter = (file: string): boolean =>
  writes(text(file)) ||
  [...text(file).matchAll(/^import \{([^}]*)\} from '(\.[^']+)'/gm)].some(([, names, from]) =>
    writers.get(normalize(join(dirname(file), from!)))?.some(writer => new RegExp(`\\b${writer}\\b`).test(names!)),
  )

test('ACC-14: an act that writes what anomalies are judged by says so: by `correcting`, or in a list with its reason', () => {
  assert.ok(functions.length > 3 && functions.includes('ctx.record_departure'), functions.join(' '))
  const files = serverCode().filter(file => !isQueries(file) && callsWriter(file))
  assert.deepEqual(
    files.filter(file => !resolved(file).includes(correctingFile) && !others[file.slice('server/'.length)]),
    [],
    'correcting (anomalies/correcting.ts), or a reason here',
  )
  assert.ok(files.length - Object.keys(others).length >= 5, files.join(' '))
  assert.deepEqual(
    Object.keys(others).filter(file => !files.includes(`server/${file}`)),
    [],
    'reasons that serve no more',
  )
})
