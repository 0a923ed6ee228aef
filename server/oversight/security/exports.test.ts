import assert from 'node:assert/strict'
import { relative } from 'node:path'
import { test } from 'node:test'
import { actSentences } from '../../../contract/acts.ts'
import { exportedLists } from '../../../contract/exported-lists.ts'
import { exportActs, exportRoutes, notExports } from '../../../contract/exports.ts'
import { personalMembers } from '../../../contract/oversight/audit.ts'
import type { Route } from '../../../contract/route.ts'
import { actions } from '../../actions.ts'
import { exceptions } from '../../platform/exceptions.ts'
import { serverCode, text } from '../../testing/sources.ts'

const sources = serverCode().map(file => ({ file: relative('server', file), text: text(file) }))
const named: string[] = [...Object.keys(exportRoutes), ...Object.keys(notExports)]
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`
/** Whether a reply carries a whole file: its name beside its text. */
const carriesFile = ({ reply }: Route) => {
  const members = Object.keys((reply as { properties?: object }).properties ?? {})
  return (
    ['csv', 'text', 'content'].some(name => members.includes(name)) &&
    ['name', 'fileName'].some(name => members.includes(name))
  )
}

test('SEC-2: every route that hands out a file is an export of the contract, or is named as not one', () => {
  const attached = sources
    .filter(s => s.text.includes('content-disposition') || s.text.includes('listExport(parts'))
    .flatMap(s =>
      [...s.text.matchAll(/server\.(get|post)\('\/api([^']+)'/g)].map(m => `${m[1]!.toUpperCase()} ${m[2]}`),
    )
  // Beside them, composing the document of a draft keeps it here and hands out nothing.
  const downloads = [
    ...attached.filter(name => name !== 'POST /conventions/:conventionId/document'),
    ...actions
      .map(a => a.route)
      .filter(carriesFile)
      .map(nameOf),
  ]
  assert.ok(downloads.length >= 7, String(downloads.length))
  assert.deepEqual(
    downloads.filter(name => !named.includes(name)),
    [],
    'contract/exports.ts',
  )
  assert.deepEqual(
    exceptions
      .filter(e => e.why.startsWith('a download'))
      .map(e => `${e.method} ${e.path.slice('/api'.length)}`)
      .filter(name => !named.includes(name)),
    [],
  )
})
test('SEC-2: what makes tables or documents to take away is known: another maker is an export to name', () => {
  const makers = sources
    .filter(s => /import \{[^}]*\bcsvOf\b[^}]*\} from/.test(s.text))
    .map(s => s.file)
    .sort()
  assert.deepEqual(makers, [
    'agreement/conventions/conventions-csv-rules.ts',
    'people-and-rights/anomalies/anomaly-csv-rules.ts',
    'people-and-rights/grants/access-csv-rules.ts',
    'people-and-rights/reviews/report-rules.ts',
  ])
})
test('SEC-2, PRI-5: a list is exported by the one maker, at the address that its contract says', () => {
  const makers = sources.filter(s => /\blistExport\(parts/.test(s.text) && !s.file.startsWith('platform/'))
  assert.deepEqual(
    Object.values(exportedLists)
      .map(({ path }) => `POST ${path}`)
      .sort(),
    Object.keys(exportRoutes)
      .filter(name => makers.some(s => s.text.includes(`server.post('/api${name.slice(5)}'`)))
      .sort(),
  )
  assert.deepEqual(
    sources
      .filter(s => /\b(?:csvTable|xlsxTable|csvLine)\(/.test(s.text))
      .map(s => s.file)
      .sort(),
    ['platform/export/csv-table.ts', 'platform/export/list-export.ts'],
  )
})
test('SEC-2: the columns that tell of persons are those taken on request, under the names that the trail knows', () => {
  for (const { title, columns, onRequest } of Object.values(exportedLists)) {
    const named: readonly string[] = personalMembers
    assert.deepEqual(
      Object.keys(columns).filter(key => named.includes(key)),
      onRequest,
      title,
    )
    assert.ok(onRequest.length === 0 || 'siret' in columns, title)
  }
})
test('SEC-2: an export is a route that is there, and writes the act it is counted by; that act has its sentence', () => {
  const served = [
    ...actions.map(a => nameOf(a.route)),
    ...exceptions.map(e => `${e.method} ${e.path.replace(/^\/api/, '')}`),
  ]
  assert.deepEqual(
    named.filter(name => !served.includes(name)),
    [],
  )
  for (const [name, act] of Object.entries(exportRoutes)) {
    const path = name.slice(name.indexOf(' ') + 1)
    const action = actions.find(a => nameOf(a.route) === name)
    const writers = sources.filter(s => s.text.includes(`action: '${act}'`))
    assert.ok(writers.length > 0 && (action || writers.some(s => s.text.includes(`'/api${path}'`))), `${name} → ${act}`)
    assert.ok(actSentences[act], act)
  }
  assert.equal(exportActs.length, new Set(Object.values(exportRoutes)).size)
})
