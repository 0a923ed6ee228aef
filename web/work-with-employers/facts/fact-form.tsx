import { useState } from 'react'
import { facts, noteFact } from '../../../contract/work-with-employers/facts.ts'
import { call } from '../../platform/api.ts'
import { formatPhone, today } from '../../platform/format.ts'
import type { ApiProblem } from '../../platform/problem.ts'
import { useMe } from '../../platform/session.ts'
import { Button, DateField, Form, RadioKeys, TextArea, TextField, toast } from '../../ui/index.ts'
import { type Fact, type FactValue, factsChanged } from './queries.ts'
import { labelOf, valueWords } from './words.ts'

/** What another wrote since it was read (412); what is typed stays, and may be sent over it. */
const changedMeanwhile = (problem: ApiProblem, onKeep: (version: number) => void) => {
  if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
  const { field, said, version } = problem.current as Fact
  const words = said.map(({ value, organisationName }) => `« ${valueWords(field, value)} » (${organisationName})`)
  return (
    <>
      <p>Changé entre-temps : {words.join(', ') || 'plus rien n’est dit'}. Votre saisie est toujours ci-dessous.</p>
      <Button size="small" priority="secondary" onClick={() => onKeep(version)}>
        Garder ma saisie, à envoyer de nouveau
      </Button>
    </>
  )
}

interface Props {
  siret: string
  fact: Fact
  onClose: () => void
}
/** What one's own structure says of a field, where it stands; another's stays beside. */
export const FactForm = ({ siret, fact, onClose }: Props) => {
  const { organisation } = useMe()
  const [version, setVersion] = useState(fact.version)
  const { field, said } = fact
  const start =
    said.find(({ organisationName }) => organisationName === organisation.name) ??
    said.find(({ proposed }) => !proposed)
  return (
    <Form
      draft={{ name: 'fact', about: `${siret}-${field}`, version }}
      submit="Enregistrer"
      onCancel={onClose}
      explain={problem => changedMeanwhile(problem, setVersion)}
      onSubmit={async (values, { idempotencyKey }) => {
        const value = values['value']!.trim() || null
        const [source, observedOn] = [values['source'] as FactValue['source'], values['observedOn']!]
        const body = { value, source, observedOn }
        await call(noteFact, { params: { siret, field }, body, ifMatch: version, idempotencyKey })
        await factsChanged()
        onClose()
        toast(value === null ? `Plus rien à la rubrique : ${labelOf(field)}.` : `Enregistré : ${labelOf(field)}.`)
      }}
    >
      <Value fact={fact} start={start} />
      <RadioKeys
        name="source"
        label="D’où vous le tenez"
        required
        defaultValue={start?.source ?? 'conseiller'}
        options={[
          { value: 'conseiller', label: 'Constaté ou su du réseau' },
          { value: 'personne-concernee', label: 'Dit par l’employeur' },
        ]}
      />
      <DateField name="observedOn" label="Constaté le" required max={today()} defaultValue={today()} />
    </Form>
  )
}

const Value = ({ fact: { field, said }, start }: { fact: Fact; start: FactValue | undefined }) => {
  const { shape, ...described }: { shape: string; hint?: string } = facts[field]
  const emptied = said.length > 0 ? 'Vide, si plus rien n’est vrai' : undefined
  const common = {
    name: 'value',
    label: labelOf(field),
    hint: [described.hint, emptied].filter(Boolean).join('. '),
    required: said.length === 0,
    defaultValue: start ? (shape === 'phone' ? formatPhone(start.value) : start.value) : '',
    autoFocus: true,
  }
  if (shape === 'lines') return <TextArea {...common} rows={3} maxLength={500} />
  return (
    <TextField
      {...common}
      maxLength={shape === 'link' ? 500 : 120}
      {...(shape === 'count' ? { inputMode: 'numeric' as const } : {})}
    />
  )
}
