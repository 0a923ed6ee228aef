import assert from 'node:assert/strict'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { actSentences } from '../../contract/acts.ts'
import { exportRoutes } from '../../contract/exports.ts'
import * as contract from '../../contract/index.ts'
import type { Route } from '../../contract/route.ts'
import { actions } from '../actions.ts'
import { serverCode, text } from '../testing/sources.ts'

const files = serverCode()
const texts = new Map(files.map(file => [file, text(file)]))
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>) => `${method} ${path}`

/**
 * What people do with employers, and what the service does by itself: no right hangs on it. A family that is not here
 * is one of rights.
 */
const workFamilies = [
  'absence',
  'bulk-work',
  'campaign',
  'commitment',
  'correspondent',
  'demonstration',
  'do-not-contact',
  'employer-file',
  'establishment',
  'exchange',
  'fact',
  'legal-hold',
  'mail',
  'need',
  'next-action',
  'note',
  'notice',
  'persons',
  'recruitment',
  'referent',
  'rights-request',
  'satisfaction',
  'operator-service',
  'solicitation-budget',
  'target',
  'targets',
  'task-force',
  'tool',
  'trail',
  'view',
  'work',
]
const proofItself =
  'it is the proof, or a way to have one: its policy asks for another where there is one (enrolment.policy.ts)'
const ownSessions = 'closes sessions of one’s own, which whoever fears for them must do at once'
const asking = 'asks: whoever decides proves who they are'
const beforeSigning = 'a draft opens nothing: the signature asks for the proof'
const evidence = 'evidence kept beside: no right hangs on it'
/** Writes near rights that ask for no fresh proof, each with why. */
const withoutProof: Readonly<Record<string, string>> = {
  'POST /second-factor/open': proofItself,
  'POST /second-factor/totp': proofItself,
  'POST /second-factor/totp/confirm': proofItself,
  'POST /second-factor/passkeys': proofItself,
  'POST /second-factor/passkeys/confirm': proofItself,
  'POST /second-factor/prove/totp': proofItself,
  'POST /second-factor/prove/passkey/options': proofItself,
  'POST /second-factor/prove/passkey': proofItself,
  'POST /second-factor/prove/recovery-code': proofItself,
  'POST /sign-out': ownSessions,
  'POST /sessions/:sessionId/end': ownSessions,
  'POST /sessions/end-others': ownSessions,
  'POST /acceptances': 'one’s own reading of a text: the right was given by another, with a proof',
  'POST /habilitations/requests': asking,
  'POST /habilitations/requests/:requestId/withdraw': asking,
  'POST /access-requests': asking,
  'POST /conventions': beforeSigning,
  'PUT /conventions/:conventionId': beforeSigning,
  'POST /conventions/:conventionId/send': beforeSigning,
  'POST /conventions/:conventionId/recall': beforeSigning,
  'POST /conventions/:conventionId/amendments': beforeSigning,
  'POST /convention-templates': beforeSigning,
  'PUT /conventions/:conventionId/signatories/:party': evidence,
  'PUT /conventions/:conventionId/amendments/:amendmentId/signatories/:party': evidence,
  'POST /uploads': 'a file that waits for the act that keeps it, which asks for the proof',
  'DELETE /uploads/:uploadId': 'gives up a file of one’s own that no act kept',
  'POST /equipment-validations': evidence,
  'POST /conventions/:conventionId/disagreements': evidence,
  'POST /conventions/:conventionId/disagreements/:disagreementId/steps': evidence,
  'POST /anomalies/supplied': evidence,
  'POST /anomalies/supplied/file': evidence,
  'POST /rgc/known-events': 'notes what is to be declared: the declaration asks for the proof',
  'POST /rgc/known-events/:eventId/withdraw': 'takes that note back',
  'POST /rgc/unseen/:accountId/present': 'answers a question: no right hangs on it, and it is asked again',
  'PUT /directory/own': 'says how oneself is reached: no right hangs on it, and signing in reads none of it',
  'DELETE /calendar-feed': 'closes one’s own address: it takes nothing from anybody else',
  'PUT /notification-choices': 'says how oneself is told; what the convention and security impose is not among it',
  'POST /first-day/dismiss': 'changes what one’s own home page offers, and no right',
}

/** The acts that a file writes, and all that it imports. */
const actsOf = (file: string): Set<string> => {
  const acts = new Set<string>()
  const seen = new Set<string>()
  const visit = (f: string) => {
    const code = texts.get(f)
    if (code === undefined || seen.has(f)) return
    seen.add(f)
    for (const [, written] of code.matchAll(/\baction: ([^,{}[\]]+)/g))
      for (const [, act] of written!.matchAll(/['`]([a-z0-9-]+\.[a-z-]*)/g)) acts.add(act!)
    for (const [, path] of code.matchAll(/from '(\.[^']+)'/g))
      if (!path!.includes('/platform/')) visit(normalize(join(dirname(f), path!)))
  }
  visit(file)
  return acts
}
const names = new Map(
  Object.values(contract).flatMap(file =>
    Object.entries(file as object).map(([name, route]) => [route as Route, name]),
  ),
)
const writes = actions
  .filter(a => a.route.method !== 'GET' && !a.route.noAct)
  .map(({ route }) => {
    const file = files.find(f => new RegExp(`\\baction\\(contract\\.${names.get(route)}\\b`).test(texts.get(f)!))
    return { route, acts: file === undefined ? new Set<string>() : actsOf(file) }
  })
const isOfRights = (act: string) => !workFamilies.includes(act.split('.')[0]!)

test('IDN-5: a write that ends or opens a right asks for a fresh proof, or stands in a list with its reason; a new one is caught by the act it writes', () => {
  assert.deepEqual(
    writes.filter(w => w.acts.size === 0).map(w => nameOf(w.route)),
    [],
    'each write has acts that this fence finds',
  )
  const near = writes.filter(w => [...w.acts].some(isOfRights)).map(w => w.route)
  assert.ok(near.length > 70, String(near.length))
  assert.deepEqual(
    near.filter(route => !route.stepUp && !withoutProof[nameOf(route)]).map(nameOf),
    [],
    'stepUp in the contract, or a reason here',
  )
  assert.deepEqual(
    Object.keys(withoutProof).filter(name => !near.some(route => nameOf(route) === name && !route.stepUp)),
    [],
    'reasons that serve no more',
  )
  assert.deepEqual(
    workFamilies.filter(family => !Object.keys(actSentences).some(act => act.startsWith(`${family}.`))),
    [],
    'families that are no more',
  )
})
test('IDN-5: every export asks for a fresh proof', () => {
  const byContract = actions.map(a => a.route).filter(route => Object.hasOwn(exportRoutes, nameOf(route)))
  assert.ok(byContract.length >= 3)
  assert.deepEqual(byContract.filter(route => !route.stepUp).map(nameOf), [])
  // The others are downloads: downloads() (platform/download.ts) looks them up in the same table.
  const others = Object.keys(exportRoutes).filter(name => !byContract.some(route => nameOf(route) === name))
  for (const name of others)
    assert.ok(
      [...texts.values()].some(
        text =>
          text.includes(`'/api${name.slice(name.indexOf(' ') + 1)}'`) &&
          (text.includes('downloads(parts)') || text.includes('listExport(parts')),
      ),
      name,
    )
})
