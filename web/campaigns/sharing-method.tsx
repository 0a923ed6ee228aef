import type { Reply } from '../../contract/route.ts'
import { sharingKinds } from '../../contract/sharing.ts'
import type { countTargets } from '../../contract/target-views.ts'
import { formatCount } from '../platform/format.ts'
import { CheckboxGroup, RadioKeys, SelectField } from '../ui/index.ts'
import { type Kind, kindWords, type Loaded, loadWords, type Method, recipientId, recipientKey, recipientName } from './sharing-words.ts'

/** What was answered, whatever the way chosen: going from one to another loses nothing. */
export interface Answers { readonly kind: Kind; readonly to: string; readonly among: readonly string[]; readonly zones: Readonly<Record<string, string>>; readonly activities: Readonly<Record<string, string>> }
export const noAnswer: Answers = { kind: 'charge', to: '', among: [], zones: {}, activities: {} }

const zoneKey = (zone: string) => (zone.startsWith('c') ? zone.slice(1) : Number(zone))
/** As the service takes it, or the sentence that says what is missing. */
export const methodOf = ({ kind, to, among, zones, activities }: Answers): Method | string => {
  const chosen = (answers: Readonly<Record<string, string>>) => Object.entries(answers).filter(([, id]) => id)
  if (kind === 'main') return to ? { kind, to: recipientKey(to) } : 'Choisissez à qui confier ces cibles.'
  if (kind === 'charge') return among.length ? { kind, to: among.map(recipientKey) } : 'Cochez au moins une structure ou une personne.'
  if (kind === 'zone') return chosen(zones).length ? { kind, zones: chosen(zones).map(([zone, id]) => ({ zone: zoneKey(zone), to: [recipientKey(id)] })) } : 'Dites qui s’occupe d’une zone au moins.'
  if (kind === 'activite') return chosen(activities).length ? { kind, activities: chosen(activities).map(([code, id]) => ({ code, to: [recipientKey(id)] })) } : 'Dites qui s’occupe d’une activité au moins.'
  return { kind }
}

interface Props { answers: Answers; recipients: readonly Loaded[]; counts: Reply<typeof countTargets> | undefined; set: (change: Partial<Answers>) => void }

/** How the targets are shared out. */
export const MethodFields = ({ answers, recipients, counts, set }: Props) => {
  const { kind, to, among } = answers
  const options = recipients.map(one => ({ value: recipientId(one), label: recipientName(one), hint: loadWords(one.load) }))
  const inList = options.map(({ value, label, hint }) => ({ value, label: `${label} : ${hint}` }))
  return (
    <>
      <RadioKeys name="kind" label="Comment" required layout="column" value={kind} onChange={value => set({ kind: value as Kind })} options={sharingKinds.map(value => ({ value, ...kindWords[value] }))} />
      {kind === 'main' && <SelectField name="to" label="À qui" required value={to} onChange={value => set({ to: value })} options={inList} />}
      {kind === 'charge' && <CheckboxGroup name="among" label="Entre qui" hint="Chacun ne reçoit que des cibles de son territoire" value={among} onChange={value => set({ among: value })} options={options} />}
      {kind === 'zone' && counts && (
        <Parts legend="Qui s’occupe de chaque zone" options={inList} answers={answers.zones} set={zones => set({ zones })}
          parts={counts.zones.flatMap(({ zone, name, count }) => (zone === null ? [] : [{ key: typeof zone === 'number' ? String(zone) : `c${zone}`, name, count }]))} />
      )}
      {kind === 'activite' && counts && (
        <Parts legend="Qui s’occupe de chaque activité" options={inList} answers={answers.activities} set={activities => set({ activities })}
          parts={counts.activities.flatMap(({ code, label, count }) => (code === null ? [] : [{ key: code, name: label, count }]))} />
      )}
      {kind === 'referent' && <p className="fr-text--sm">Les cibles que personne ne connaît encore ne changent pas de mains.</p>}
    </>
  )
}

const Parts = ({ legend, parts, options, answers, set }: {
  legend: string; parts: readonly { key: string; name: string; count: number }[]; options: readonly { value: string; label: string }[]
  answers: Readonly<Record<string, string>>; set: (answers: Readonly<Record<string, string>>) => void
}) => (
  <fieldset className="cc-goals">
    <legend className="fr-label">{legend}</legend>
    {parts.length === 0 && <p className="fr-text--sm">Aucune cible n’est choisie.</p>}
    {parts.map(({ key, name, count }) => (
      <SelectField key={key} name={`part-${key}`} label={`${name} (${formatCount(count, 'cible')})`} required placeholder="Ne rien changer" value={answers[key] ?? ''} onChange={id => set({ ...answers, [key]: id })} options={options} />
    ))}
  </fieldset>
)
