import { useState } from 'react'
import { correctNeed, noteNeed } from '../../../contract/work-with-employers/needs.ts'
import { call } from '../../platform/api.ts'
import { fullName } from '../../platform/names.ts'
import type { ApiProblem } from '../../platform/problem.ts'
import { Button, Dialog, Form, toast } from '../../ui/index.ts'
import { inputOf, NeedFields } from './need-fields.tsx'
import { type Need, needsChanged } from './queries.ts'
import { versionWords, whatWords } from './words.ts'

interface NoteProps {
  readonly siret: string
  readonly name: string
  /** The exchange that it comes from. */
  readonly exchangeId?: string
  readonly onClose: () => void
}
export const NoteNeedDialog = ({ siret, name, exchangeId, onClose }: NoteProps) => (
  <Dialog title="Noter un besoin" shape="side" onClose={onClose}>
    <p>
      Ce dont <strong>{name}</strong> a besoin. Vous le suivrez, et pourrez le proposer à d’autres structures.
    </p>
    <Form
      draft={{ name: 'need', about: siret }}
      submit="Noter le besoin"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const body = { ...inputOf(values), ...(exchangeId ? { exchangeId } : {}) }
        const need = await call(noteNeed, { params: { siret }, body, idempotencyKey })
        await needsChanged()
        onClose()
        toast(`Besoin noté : ${whatWords(need)}.`)
      }}
    >
      <NeedFields siret={siret} />
    </Form>
  </Dialog>
)

/** What another wrote since it was read (412); what is typed stays, and may be sent over it. */
const changedMeanwhile = (problem: ApiProblem, onKeep: (version: number) => void) => {
  if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
  const current = problem.current as Need
  const [last] = current.history
  return (
    <>
      <p>
        {last && `${versionWords[last.change]} entre-temps par ${last.author?.name ?? last.organisation.name} : `}
        {whatWords(current)}. Votre saisie est toujours ci-dessous.
      </p>
      <Button size="small" priority="secondary" onClick={() => onKeep(current.version)}>
        Garder ma saisie, à envoyer de nouveau
      </Button>
    </>
  )
}
export const CorrectNeedDialog = ({ need, onClose }: { need: Need; onClose: () => void }) => {
  const [version, setVersion] = useState(need.version)
  return (
    <Dialog title="Corriger le besoin" shape="side" onClose={onClose}>
      <p>{fullName(need.establishment)}</p>
      <Form
        draft={{ name: 'need-correction', about: need.id, version }}
        submit="Enregistrer la correction"
        onCancel={onClose}
        explain={problem => changedMeanwhile(problem, setVersion)}
        onSubmit={async (values, { idempotencyKey }) => {
          await call(correctNeed, {
            params: { needId: need.id },
            body: inputOf(values),
            ifMatch: version,
            idempotencyKey,
          })
          await needsChanged()
          onClose()
          toast('Besoin corrigé.')
        }}
      >
        <NeedFields siret={need.establishment.siret} start={need} />
      </Form>
    </Dialog>
  )
}
