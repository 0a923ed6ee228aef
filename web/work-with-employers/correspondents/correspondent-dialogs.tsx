import { useState } from 'react'
import {
  addCorrespondent,
  correctCorrespondent,
  retireCorrespondent,
  retirementReasons,
  returnCorrespondent,
} from '../../../contract/work-with-employers/correspondents/correspondents.ts'
import { call } from '../../platform/api.ts'
import type { ApiProblem } from '../../platform/problem.ts'
import { Button, Dialog, Form, RadioKeys, toast } from '../../ui/index.ts'
import { CorrespondentFields, type Start } from './correspondent-fields.tsx'
import { LikelyKnown } from './likely-known.tsx'
import { LinkBeside } from './link-beside.tsx'
import { correspondentsChanged } from './queries.ts'
import { addedOf, correctedOf } from './typed.ts'
import { type Correspondent, firstOf, personName, reasonWords, typedFields } from './words.ts'

const alikeOf = ({ code, facts }: ApiProblem): readonly string[] =>
  code === 'correspondent/likely-known' ? ((facts as { alike: readonly string[] }).alike ?? []) : []

interface AddProps {
  siret: string
  start?: Start
  /** The person added, or the one already known that was taken instead. */
  onAdded?: (person: Correspondent) => void
  onClose: () => void
}
export const AddCorrespondent = ({ siret, start = {}, onAdded, onClose }: AddProps) => {
  const [despite, setDespite] = useState<readonly string[]>([])
  return (
    <Dialog title="Ajouter un interlocuteur" shape="side" onClose={onClose}>
      <LinkBeside
        siret={siret}
        onLinked={person => {
          onAdded?.(person)
          onClose()
        }}
      />
      <Form
        draft={{ name: 'correspondent', about: siret }}
        submit="Ajouter l’interlocuteur"
        onCancel={onClose}
        explain={problem => {
          const alike = alikeOf(problem)
          if (!alike.length) return undefined
          const take = (person: Correspondent) => {
            onAdded?.(person)
            onClose()
          }
          return (
            <LikelyKnown
              siret={siret}
              alike={alike}
              onTake={take}
              onAnother={() => setDespite(before => [...before, ...alike])}
            />
          )
        }}
        onSubmit={async (sent, { idempotencyKey }) => {
          const body = { ...addedOf(sent), ...(despite.length ? { despite: [...despite] } : {}) }
          const person = await call(addCorrespondent, { params: { siret }, body, idempotencyKey })
          await correspondentsChanged()
          onAdded?.(person)
          onClose()
          toast(`Interlocuteur ajouté : ${personName(person)}.`)
        }}
      >
        <CorrespondentFields start={start} informed={null} />
      </Form>
    </Dialog>
  )
}

interface Props {
  person: Correspondent
  onClose: () => void
}
export const CorrectCorrespondent = ({ person, onClose }: Props) => {
  const [version, setVersion] = useState(person.version)
  const [start] = useState<Start>(() => Object.fromEntries(typedFields.map(field => [field, firstOf(person, field)])))
  return (
    <Dialog title={`Corriger : ${personName(person)}`} shape="side" onClose={onClose}>
      <p>Ce qu’un autre partenaire a noté reste affiché à côté, jusqu’à ce que l’une des valeurs soit retenue.</p>
      <Form
        draft={{ name: 'correspondent-correction', about: person.id, version: person.version }}
        submit="Enregistrer la correction"
        onCancel={onClose}
        explain={problem => {
          if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
          const current = problem.current as Correspondent
          return (
            <>
              <p>Un autre partenaire a modifié cette personne entre-temps. Votre saisie est toujours ci-dessous.</p>
              <Button priority="secondary" onClick={() => setVersion(current.version)}>
                Garder ma saisie, à envoyer de nouveau
              </Button>
            </>
          )
        }}
        onSubmit={async (sent, { idempotencyKey }) => {
          const body = correctedOf(sent, start, person.informed)
          await call(correctCorrespondent, {
            params: { correspondentId: person.id },
            body,
            ifMatch: version,
            idempotencyKey,
          })
          await correspondentsChanged()
          onClose()
          toast('Interlocuteur corrigé.')
        }}
      >
        <CorrespondentFields start={start} informed={person.informed} />
      </Form>
    </Dialog>
  )
}

/** `onObject`: the person wants more than not to be proposed. */
export const RetireCorrespondent = ({ person, onClose, onObject }: Props & { onObject: () => void }) => {
  const params = { correspondentId: person.id }
  return (
    <Dialog title={`Retirer : ${personName(person)}`} onClose={onClose}>
      <p>Cette personne ne sera plus proposée. Elle reste dans l’historique, et peut être remise en place.</p>
      <Form
        draft="choices"
        submit="Retirer l’interlocuteur"
        onCancel={onClose}
        onSubmit={async (sent, { idempotencyKey }) => {
          const reason = sent['reason'] as (typeof retirementReasons)[number]
          const { version } = await call(retireCorrespondent, {
            params,
            body: { reason },
            ifMatch: person.version,
            idempotencyKey,
          })
          await correspondentsChanged()
          onClose()
          toast(`Interlocuteur retiré : ${personName(person)}.`, {
            run: async () => {
              await call(returnCorrespondent, { params, ifMatch: version })
              await correspondentsChanged()
            },
            done: `De nouveau en place : ${personName(person)}.`,
          })
        }}
      >
        <RadioKeys
          name="reason"
          label="Motif"
          required
          layout="column"
          options={retirementReasons.map(value => ({ value, label: reasonWords[value] }))}
        />
      </Form>
      {person.allowed.includes('object') && (
        <p className="fr-mt-2w">
          La personne refuse que ses données soient conservées ?{' '}
          <Button size="small" priority="tertiary" onClick={onObject}>
            Noter son opposition
          </Button>
        </p>
      )}
    </Dialog>
  )
}
