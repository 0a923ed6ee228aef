import { useState } from 'react'
import type { Reply } from '../../../contract/route.ts'
import { sharingKinds } from '../../../contract/work-with-employers/sharing.ts'
import type { countTargets } from '../../../contract/work-with-employers/targets.ts'
import { useToldApart } from '../../people-and-rights/directory/person-select.tsx'
import { formatCount } from '../../platform/format.ts'
import { Button, CheckboxGroup, RadioKeys, SelectField } from '../../ui/index.ts'
import {
  type Kind,
  kindWords,
  type Loaded,
  loadWords,
  type Method,
  recipientId,
  recipientKey,
  recipientName,
} from './words.ts'

/** What was answered, whatever the way chosen: going from one to another loses nothing. */
export interface Answers {
  readonly kind: Kind
  readonly to: string
  readonly among: readonly string[]
  readonly zones: PartAnswers
  readonly activities: PartAnswers
}
/** To whom each part goes: to several, evenly by load. */
type PartAnswers = Readonly<Record<string, readonly string[]>>
export const noAnswer: Answers = { kind: 'charge', to: '', among: [], zones: {}, activities: {} }

const zoneKey = (zone: string) => (zone.startsWith('c') ? zone.slice(1) : Number(zone))
/** As the service takes it, or the sentence that says what is missing. */
export const methodOf = ({ kind, to, among, zones, activities }: Answers): Method | string => {
  const chosen = (answers: PartAnswers) => Object.entries(answers).filter(([, ids]) => ids.length)
  if (kind === 'main') return to ? { kind, to: recipientKey(to) } : 'Choisissez à qui confier ces cibles.'
  if (kind === 'charge')
    return among.length ? { kind, to: among.map(recipientKey) } : 'Cochez au moins une structure ou une personne.'
  if (kind === 'zone')
    return chosen(zones).length
      ? { kind, zones: chosen(zones).map(([zone, ids]) => ({ zone: zoneKey(zone), to: ids.map(recipientKey) })) }
      : 'Dites qui s’occupe d’une zone au moins.'
  if (kind === 'activite')
    return chosen(activities).length
      ? { kind, activities: chosen(activities).map(([code, ids]) => ({ code, to: ids.map(recipientKey) })) }
      : 'Dites qui s’occupe d’une activité au moins.'
  return { kind }
}

interface Props {
  answers: Answers
  recipients: readonly Loaded[]
  counts: Reply<typeof countTargets> | undefined /** Whether the counts are those of what is shared out. */
  counted: boolean
  set: (change: Partial<Answers>) => void
}

/** How the targets are shared out. */
export const MethodFields = ({ answers, recipients, counts, counted, set }: Props) => {
  const { kind, to, among } = answers
  const nameOf = useToldApart(recipients.flatMap(({ person }) => person ?? []))
  const options = recipients.map(one => ({
    value: recipientId(one),
    label: recipientName(one, nameOf),
    hint: loadWords(one.load),
  }))
  const inList = options.map(({ value, label, hint }) => ({ value, label: `${label} : ${hint}` }))
  return (
    <>
      <RadioKeys
        name="kind"
        label="Comment"
        required
        layout="column"
        value={kind}
        onChange={value => set({ kind: value as Kind })}
        options={sharingKinds.map(value => ({ value, ...kindWords[value] }))}
      />
      {kind === 'main' && (
        <SelectField
          name="to"
          label="À qui"
          required
          value={to}
          onChange={value => set({ to: value })}
          options={inList}
        />
      )}
      {kind === 'charge' && (
        <CheckboxGroup
          name="among"
          label="Entre qui"
          hint="Chacun ne reçoit que des cibles de son territoire"
          value={among}
          onChange={value => set({ among: value })}
          options={options}
        />
      )}
      {kind === 'zone' && counts && (
        <Parts
          legend="Qui s’occupe de chaque zone"
          counted={counted}
          options={inList}
          answers={answers.zones}
          set={zones => set({ zones })}
          parts={counts.zones.flatMap(({ zone, name, count }) =>
            zone === null ? [] : [{ key: typeof zone === 'number' ? String(zone) : `c${zone}`, name, count }],
          )}
        />
      )}
      {kind === 'activite' && counts && (
        <Parts
          legend="Qui s’occupe de chaque activité"
          counted={counted}
          options={inList}
          answers={answers.activities}
          set={activities => set({ activities })}
          parts={counts.activities.flatMap(({ code, label, count }) =>
            code === null ? [] : [{ key: code, name: label, count }],
          )}
        />
      )}
      {kind === 'referent' && (
        <p className="fr-text--sm">Les cibles que personne ne connaît encore ne changent pas de mains.</p>
      )}
    </>
  )
}

interface PartsProps {
  legend: string
  counted: boolean
  parts: readonly { key: string; name: string; count: number }[]
  options: readonly { value: string; label: string }[]
  answers: PartAnswers
  set: (answers: PartAnswers) => void
}
const Parts = ({ legend, counted, parts, options, answers, set }: PartsProps) => (
  <fieldset className="cc-goals">
    <legend className="fr-label">
      {legend}
      <span className="fr-hint-text">À plusieurs, chacun reçoit des cibles de la partie selon sa charge</span>
    </legend>
    {parts.length === 0 && <p className="fr-text--sm">Aucune cible n’est choisie.</p>}
    {parts.map(({ key, name, count }) => (
      <Part
        key={key}
        id={key}
        label={counted ? `${name} (${formatCount(count, 'cible')})` : name}
        options={options}
        chosen={answers[key] ?? []}
        set={ids => set({ ...answers, [key]: ids })}
      />
    ))}
  </fieldset>
)

/** One list, then another for each one more; the empty answer takes one away. */
const Part = ({
  id,
  label,
  options,
  chosen,
  set,
}: {
  id: string
  label: string
  options: PartsProps['options']
  chosen: readonly string[]
  set: (ids: readonly string[]) => void
}) => {
  const [adding, setAdding] = useState(false)
  const left = options.filter(({ value }) => !chosen.includes(value))
  const lists = chosen.length === 0 || adding ? [...chosen, ''] : chosen
  return (
    <div className="cc-sharing-part">
      {lists.map((one, at) => (
        <SelectField
          key={one || 'another'}
          name={`part-${id}-${at}`}
          label={at === 0 ? label : `${label}, et aussi`}
          required
          placeholder={at === 0 ? 'Ne rien changer' : 'Personne d’autre'}
          value={one}
          onChange={value => {
            set(lists.map((before, rank) => (rank === at ? value : before)).filter(Boolean))
            setAdding(false)
          }}
          options={options.filter(({ value }) => value === one || left.some(other => other.value === value))}
        />
      ))}
      {chosen.length > 0 && !adding && left.length > 0 && (
        <Button size="small" priority="tertiary no outline" icon="fr-icon-add-line" onClick={() => setAdding(true)}>
          Quelqu’un d’autre aussi<span className="fr-sr-only"> : {label}</span>
        </Button>
      )}
    </div>
  )
}
