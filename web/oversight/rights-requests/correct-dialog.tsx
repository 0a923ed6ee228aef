import { useRef } from 'react'
import { correctRightsRequest } from '../../../contract/oversight/rights-requests.ts'
import { call } from '../../platform/api.ts'
import { formatDay, today } from '../../platform/format.ts'
import type { ApiProblem } from '../../platform/problem.ts'
import { Dialog, Difference, Form, Notice, TextArea, tellReader } from '../../ui/index.ts'
import { EntryFields } from './entry-fields.tsx'
import { keepRequest } from './queries.ts'
import { actWords, doneWords, type Entry, entryInWords, entryTyped, type RightsRequest } from './words.ts'

/** The first day of what is noted already: a request is received no later. */
const lastReceipt = ({ identity, extension }: RightsRequest) =>
  [identity?.on, extension?.on, today()].filter(day => day !== undefined).sort()[0]!

/** What was entered, corrected with a reason until the answer; sent over the version read (412). */
export const CorrectDialog = ({ request, onClose }: { request: RightsRequest; onClose: () => void }) => {
  const version = useRef(request.version)
  const mine = useRef<Entry>(request)
  const explain = (problem: ApiProblem) => {
    if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
    const current = problem.current as RightsRequest
    const theirs = entryInWords(current)
    return (
      <Difference
        rows={entryInWords(mine.current).map(([label, words], at) => ({ label, mine: words, theirs: theirs[at]![1] }))}
        onKeepMine={() => {
          version.current = current.version
        }}
        onTakeTheirs={() => {
          void keepRequest(current)
          onClose()
        }}
      />
    )
  }
  const last = lastReceipt(request)
  const checked = request.identity !== null
  return (
    <Dialog title={actWords.correct} onClose={onClose}>
      <p>
        Le délai se recompte depuis le jour de réception corrigé, qui ne peut pas être après le {formatDay(last)}. Ce
        que la demande disait reste sous « Corrections ».
      </p>
      {checked && (
        <Notice tone="info">
          L’identité de cette personne est vérifiée : son nom ne se corrige plus. Si une autre personne a fait la
          demande, enregistrez-en une nouvelle.
        </Notice>
      )}
      <Form
        draft={{ name: 'rights-request-correct', about: request.id, version: request.version }}
        submit={actWords.correct}
        onCancel={onClose}
        explain={explain}
        onSubmit={async ({ reason, ...values }, { idempotencyKey }) => {
          mine.current = entryTyped({ person: request.person, ...values })
          const corrected = await call(correctRightsRequest, {
            params: { requestId: request.id },
            body: { ...mine.current, reason: reason! },
            ifMatch: version.current,
            idempotencyKey,
          })
          await keepRequest(corrected)
          tellReader(doneWords.correct)
          onClose()
        }}
      >
        <EntryFields start={request} last={last} checked={checked} />
        <TextArea name="reason" label="Motif de la correction" required maxLength={500} rows={2} />
      </Form>
    </Dialog>
  )
}
