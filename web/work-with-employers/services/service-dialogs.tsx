import { useState } from 'react'
import {
  correctService,
  enterService,
  withdrawService,
} from '../../../contract/work-with-employers/services/services.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import type { ApiProblem } from '../../platform/problem.ts'
import { Button, DateField, Dialog, Form, SelectField, TextArea, TextField, toast } from '../../ui/index.ts'
import { type Service, servicesChanged } from './queries.ts'
import { changeWords, daysWords, kindOptions, kindWords, resultOptions, resultWords } from './words.ts'

interface Props {
  service: Service
  onClose: () => void
}
const done = async (words: string, onClose: () => void) => {
  await servicesChanged()
  onClose()
  toast(words)
}
const typedOf = (values: Readonly<Record<string, string>>) => ({
  kind: values['kind'] as Service['kind'],
  usedOn: values['usedOn']!,
  endedOn: values['endedOn'] || null,
  result: values['result'] as Service['result'],
  words: values['words']?.trim() || null,
})

const Fields = ({ start }: { start?: Service }) => (
  <>
    <SelectField
      name="kind"
      label="Service"
      required
      placeholder="Choisir dans la liste"
      options={kindOptions(start?.kind)}
      defaultValue={start?.kind ?? ''}
    />
    <DateField
      name="usedOn"
      label="Le, ou à partir du"
      required
      max={today()}
      defaultValue={start?.usedOn ?? today()}
    />
    <DateField
      name="endedOn"
      label="Jusqu’au"
      hint="Dernier jour compris ; vide, s’il a tenu en un jour ou se poursuit"
      defaultValue={start?.endedOn ?? ''}
    />
    <SelectField
      name="result"
      label="Résultat"
      required
      placeholder="Choisir dans la liste"
      options={resultOptions}
      defaultValue={start?.result ?? ''}
    />
    <TextField
      name="words"
      label="En quelques mots"
      hint="Ce qui en est sorti : « deux postes pourvus ». Ne nommez ni candidat ni personne recrutée."
      maxLength={200}
      defaultValue={start?.words ?? ''}
    />
  </>
)
const Reason = () => (
  <TextArea
    name="reason"
    label="Motif"
    hint="Lu par qui lit la fiche. N’y nommez personne."
    required
    maxLength={300}
    rows={2}
  />
)

export const EnterDialog = ({ siret, name, onClose }: { siret: string; name: string; onClose: () => void }) => (
  <Dialog title="Saisir un service" shape="side" onClose={onClose}>
    <p>
      Un service de l’opérateur que <strong>{name}</strong> a utilisé : lu par qui lit la fiche ou la fiche de
      recrutement.
    </p>
    <Form
      draft={{ name: 'operator-service', about: siret }}
      submit="Saisir le service"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const { kind } = await call(enterService, { params: { siret }, body: typedOf(values), idempotencyKey })
        await done(`Service saisi : ${kindWords[kind]}.`, onClose)
      }}
    >
      <Fields />
    </Form>
  </Dialog>
)

/** What another wrote since it was read (412); what is typed stays, and may be sent over it. */
const changedMeanwhile = (problem: ApiProblem, onKeep: (version: number) => void) => {
  if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
  const current = problem.current as Service
  const [last] = current.history
  return (
    <>
      <p>
        {last && `${changeWords[last.change]} entre-temps${last.organisation ? ` (${last.organisation.name})` : ''} : `}
        {kindWords[current.kind]}, {daysWords(current)}, {resultWords[current.result].toLowerCase()}. Votre saisie est
        toujours ci-dessous.
      </p>
      <Button size="small" priority="secondary" onClick={() => onKeep(current.version)}>
        Garder ma saisie, à envoyer de nouveau
      </Button>
    </>
  )
}

export const CorrectDialog = ({ service, onClose }: Props) => {
  const [version, setVersion] = useState(service.version)
  return (
    <Dialog title={`Corriger : ${kindWords[service.kind]}`} shape="side" onClose={onClose}>
      <p>Ce qui était noté reste dans l’historique. Les fichiers de l’opérateur ne changeront plus ce service.</p>
      <Form
        draft={{ name: 'operator-service-correction', about: service.id, version }}
        submit="Enregistrer la correction"
        onCancel={onClose}
        explain={problem => changedMeanwhile(problem, setVersion)}
        onSubmit={async (values, { idempotencyKey }) => {
          const body = { ...typedOf(values), reason: values['reason']!.trim() }
          await call(correctService, { params: { serviceId: service.id }, body, ifMatch: version, idempotencyKey })
          await done('Service corrigé.', onClose)
        }}
      >
        <Fields start={service} />
        <Reason />
      </Form>
    </Dialog>
  )
}

/** It never was. */
export const WithdrawDialog = ({ service, onClose }: Props) => {
  const [version, setVersion] = useState(service.version)
  return (
    <Dialog title={`Retirer : ${kindWords[service.kind]}`} onClose={onClose}>
      <p>
        Pour un service noté par erreur. Il ne compte plus nulle part, et reste lisible, barré. Les fichiers de
        l’opérateur ne le ramèneront pas.
      </p>
      <Form
        draft={{ name: 'operator-service-withdrawal', about: service.id, version }}
        submit="Retirer le service"
        onCancel={onClose}
        explain={problem => changedMeanwhile(problem, setVersion)}
        onSubmit={async (values, { idempotencyKey }) => {
          const body = { reason: values['reason']!.trim() }
          await call(withdrawService, { params: { serviceId: service.id }, body, ifMatch: version, idempotencyKey })
          await done(`Service retiré : ${kindWords[service.kind]}.`, onClose)
        }}
      >
        <Reason />
      </Form>
    </Dialog>
  )
}
