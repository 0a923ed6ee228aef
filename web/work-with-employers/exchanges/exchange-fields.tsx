import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { channels, nextActionKinds, resultLabels, results } from '../../../contract/work-with-employers/exchanges.ts'
import { addDays, today } from '../../platform/format.ts'
import { useMe } from '../../platform/session.ts'
import { DateField, RadioKeys, SelectField, TextArea, TextField } from '../../ui/index.ts'
import { type AnswerChoice, AttachedFields, type CampaignChoices } from './attached-fields.tsx'
import { MetField } from './met-person.tsx'
import { Owner } from './owner-field.tsx'
import { campaignResultsQuery } from './queries.ts'
import { quickDays, type Values, withResult } from './values.ts'
import { actionWords, channelWords, type Result, visibilitySentence } from './words.ts'

const MetCard = lazy(() => import('./met-card.tsx').then(m => ({ default: m.MetCard })))

const options = (values: readonly string[], word: (value: string) => string) =>
  values.map(value => ({ value, label: word(value) }))
const channelOptions = options(channels, value => channelWords[value as keyof typeof channelWords])
const resultOptions = options(results, value => resultLabels[value as Result])
const kindOptions = options(nextActionKinds, value => actionWords[value as keyof typeof actionWords])

interface Props {
  siret: string
  values: Values
  onChange: (change: (values: Values) => Values) => void
  /** Open campaigns of which the establishment is a target; none, no question. */
  campaignId?: string | undefined
  answers?: AnswerChoice | undefined
  campaigns?: CampaignChoices | undefined
}

const setterOf = (onChange: Props['onChange']) => (name: keyof Values) => (value: string) =>
  onChange(before => ({ ...before, [name]: value }))

/** What is asked of an exchange, in the order one tells it. */
export const ExchangeFields = ({ siret, values, onChange, campaignId, campaigns, answers }: Props) => {
  const { organisation } = useMe()
  const now = today()
  const set = setterOf(onChange)
  const own = useOwnResults(campaignId, values)
  const choose = (value: string) => {
    const chosen = own.find(({ id }) => id === value)
    onChange(before => withResult(before, chosen?.base ?? (value as Result), now, chosen))
  }
  return (
    <>
      <RadioKeys
        name="channel"
        label="Canal"
        required
        value={values.channel}
        onChange={set('channel')}
        options={channelOptions}
      />
      <RadioKeys
        name="result"
        label="Résultat"
        required
        value={values.campaignResultId || values.result}
        onChange={choose}
        options={[
          ...resultOptions,
          ...own.map(({ id, label, base }) => ({ value: id, label, hint: resultLabels[base] })),
        ]}
      />
      <MetField siret={siret} values={values} onChange={onChange} />
      <TextArea
        name="notes"
        label="Notes"
        hint="Ce qui servira au prochain contact, sans jugement sur les personnes"
        rows={3}
        maxLength={4000}
        value={values.notes}
        onChange={set('notes')}
      />
      <TextField
        name="need"
        label="Besoin, en une ligne"
        hint="Par exemple : 2 charpentiers en CDI dès mars"
        maxLength={300}
        required={values.result === 'besoin-detecte'}
        value={values.need}
        onChange={set('need')}
      />
      {values.personMet && (
        <Suspense fallback={null}>
          <MetCard siret={siret} values={values} onChange={onChange} />
        </Suspense>
      )}
      <NextActionFields siret={siret} values={values} onChange={onChange} />
      <AttachedFields answers={answers} campaigns={campaigns} />
      <DateField
        name="occurredOn"
        label="Date de l’échange"
        required
        max={now}
        quick={[
          { label: 'aujourd’hui', day: now },
          { label: 'hier', day: addDays(now, -1) },
        ]}
        value={values.occurredOn}
        onChange={set('occurredOn')}
      />
      <RadioKeys
        name="visibility"
        label="Visible par"
        hint={visibilitySentence(values.visibility, organisation.name)}
        required
        value={values.visibility}
        onChange={set('visibility')}
        options={[
          { value: 'reseau', label: 'Le réseau' },
          { value: 'organisation', label: 'Ma structure' },
        ]}
      />
    </>
  )
}

/** What comes next, when, and who sees to it. */
const NextActionFields = ({ siret, values, onChange }: Pick<Props, 'siret' | 'values' | 'onChange'>) => {
  const now = today()
  const set = setterOf(onChange)
  const planned = values.kind !== ''
  return (
    <fieldset className="cc-exchange__next">
      <legend>Et ensuite ?</legend>
      <SelectField
        name="kind"
        label="Prochaine action"
        required={values.result === 'a-rappeler'}
        placeholder="Aucune"
        options={kindOptions}
        value={values.kind}
        onChange={value =>
          onChange(before => ({
            ...before,
            kind: value as Values['kind'],
            ...(value ? {} : { dueOn: '', dueAt: '', ownerId: '', ownerName: '' }),
          }))
        }
      />
      {planned && (
        <div className="cc-exchange__when">
          <DateField
            name="dueOn"
            label="Date prévue"
            required
            min={values.occurredOn || now}
            quick={quickDays(now)}
            value={values.dueOn}
            onChange={set('dueOn')}
          />
          <TextField
            name="dueAt"
            label="Heure"
            type="time"
            width="short"
            value={values.dueAt}
            onChange={set('dueAt')}
          />
        </div>
      )}
      {planned && (
        <Owner
          siret={siret}
          values={values}
          onChange={(ownerId, ownerName) => onChange(before => ({ ...before, ownerId, ownerName }))}
        />
      )}
    </fieldset>
  )
}

/** The campaign's own words that are still proposed; and the one already chosen, should it be retired since. */
const useOwnResults = (campaignId: string | undefined, { result, campaignResultId, resultLabel }: Values) => {
  const { data } = useQuery({ ...campaignResultsQuery(campaignId ?? ''), enabled: !!campaignId, retry: false })
  const live = campaignId ? (data?.items ?? []).filter(({ retiredAt }) => retiredAt === null) : []
  return !campaignResultId || !result || live.some(({ id }) => id === campaignResultId)
    ? live
    : [...live, { id: campaignResultId, label: resultLabel, base: result }]
}
