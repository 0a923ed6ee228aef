import { useState } from 'react'
import { takeWorkOver } from '../../../contract/work-with-employers/taking-over.ts'
import { PersonSelect } from '../../people-and-rights/directory/person-select.tsx'
import { call } from '../../platform/api.ts'
import { useMe } from '../../platform/session.ts'
import { announce, CheckboxGroup, Dialog, Form } from '../../ui/index.ts'
import { workPassed } from './queries.ts'
import { toastPassed } from './toast-passed.ts'
import { chosenParts, ofWhom, partKey, partWords, type Recipient, type Waiting, whoTook } from './words.ts'

/** Some parts or all, for oneself or for a colleague. */
export const ChooseDialog = ({
  work,
  recipients,
  onClose,
}: {
  work: Waiting
  recipients: readonly Recipient[]
  onClose: () => void
}) => {
  const me = useMe().account.id
  const [keys, setKeys] = useState<readonly string[]>(work.parts.map(partKey))
  const [none, setNone] = useState(false)
  return (
    <Dialog title={`Reprendre le travail ${ofWhom(work)}`} onClose={onClose}>
      <Form
        draft="choices"
        submit="Reprendre ou confier"
        busyWords="En cours…"
        onCancel={onClose}
        onSubmit={async ({ toAccountId }, { idempotencyKey }) => {
          setNone(keys.length === 0)
          if (keys.length === 0) return announce('Choisissez au moins une partie.')
          const to = recipients.find(({ id }) => id === toAccountId)
          const done = await call(takeWorkOver, {
            body: {
              organisationId: work.organisation.id,
              accountId: work.person?.id ?? null,
              toAccountId: toAccountId!,
              parts: keys.length === work.parts.length ? null : chosenParts(work, keys),
            },
            idempotencyKey,
          })
          toastPassed(done, work, { id: toAccountId!, name: to && to.id !== me ? to.name : null })
          await workPassed()
          onClose()
        }}
        explain={problem => {
          const taken = whoTook(problem)
          return taken?.map(words => <p key={words}>{words}</p>)
        }}
      >
        <CheckboxGroup
          name="parts"
          label="Ce que vous reprenez ou confiez"
          value={keys}
          onChange={setKeys}
          {...(none ? { error: 'Choisissez au moins une partie.' } : {})}
          options={work.parts.map(part => ({ value: partKey(part), label: partWords(part, work.why) }))}
        />
        <PersonSelect
          name="toAccountId"
          label="À qui"
          hint="Vous, ou un collègue présent et habilité, prévenu par courriel. Ce qui est hors de ses territoires reste à reprendre."
          required
          defaultValue={recipients.some(({ id }) => id === me) ? me : ''}
          people={recipients}
          you={me}
        />
      </Form>
    </Dialog>
  )
}
