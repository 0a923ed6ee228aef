import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { channels } from '../../../contract/work-with-employers/exchanges.ts'
import { historyKinds } from '../../../contract/work-with-employers/notes.ts'
import { useToldApart } from '../../people-and-rights/directory/person-select.tsx'
import { addDays, isDayInReach, today } from '../../platform/format.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { Button, DateField, SelectField } from '../../ui/index.ts'
import { channelWords } from '../exchanges/words.ts'
import { type HistoryFilter, type HistoryKind, historyChoicesQuery } from './queries.ts'

const natures: readonly { value: string; label: string }[] = [
  { value: 'exchange', label: 'Échanges' },
  ...channels.map(value => ({ value, label: channelWords[value] })),
  { value: 'note', label: 'Notes' },
  { value: 'need', label: 'Besoins' },
  { value: 'service', label: 'Services utilisés' },
  { value: 'campaign', label: 'Campagnes' },
  { value: 'referent', label: 'Référents' },
]
const periods = [
  { value: '90', label: 'Les 3 derniers mois' },
  { value: '365', label: 'Les 12 derniers mois' },
  { value: 'dates', label: 'Entre deux dates' },
]
const isId = (words: string | undefined) =>
  words !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(words)

const periodOf = ({ periode, du, au }: Readonly<Record<string, string>>) => {
  if (periode === 'dates')
    return { ...(du && isDayInReach(du) ? { from: du } : {}), ...(au && isDayInReach(au) ? { to: au } : {}) }
  return periods.some(({ value }) => value === periode) ? { from: addDays(today(), -Number(periode)) } : {}
}
const narrowing = ['nature', 'structure', 'conseiller', 'interlocuteur', 'campagne', 'periode', 'du', 'au'] as const
const ofPeople = ['conseiller', 'interlocuteur', 'campagne'] as const
/** Everything shown again. */
export const noNarrowing = Object.fromEntries(narrowing.map(name => [name, undefined]))

/** The filters of the history, in the address, and what they ask. Someone may have mended the address by hand. */
export const useHistoryFilters = (company: boolean) => {
  const [address, write] = useAddress()
  const { nature, structure, conseiller, interlocuteur, campagne, etendue } = address
  const channel = channels.find(one => one === nature)
  // Exchanges alone have a channel and a person met.
  const ofExchanges = channel !== undefined || isId(interlocuteur)
  const kind: HistoryKind | undefined =
    historyKinds.find(one => one === nature) ?? (ofExchanges ? 'exchange' : undefined)
  const whole = company && etendue === 'entreprise'
  const filter: HistoryFilter = {
    ...(whole ? { company: true } : {}),
    ...(channel ? { channel } : kind ? { kind } : {}),
    ...(isId(structure) ? { organisation: structure! } : {}),
    ...(isId(conseiller) ? { author: conseiller! } : {}),
    ...(isId(interlocuteur) ? { correspondent: interlocuteur! } : {}),
    ...(isId(campagne) ? { campaign: campagne! } : {}),
    ...periodOf(address),
  }
  const { company: _, ...narrowed } = filter
  return { address, write, filter, kind, whole, narrowed: Object.keys(narrowed).length > 0 }
}

interface Props extends Pick<ReturnType<typeof useHistoryFilters>, 'address' | 'write' | 'whole'> {
  readonly siret: string
  readonly company: boolean
  /** The structures of the lines shown, before those of the others are asked for. */
  readonly seen: ReadonlyMap<string, string>
}
export const HistoryFilters = ({ siret, company, seen, address, write, whole }: Props) => {
  const { organisation } = useMe()
  const [opened, setOpened] = useState(false)
  const more = opened || ofPeople.some(name => address[name])
  const { data: choices } = useQuery({ ...historyChoicesQuery(siret, whole), enabled: more })
  const authors = choices?.authors ?? []
  const nameOf = useToldApart(authors)
  const structures = new Map([...seen, ...(choices?.organisations ?? []).map(({ id, name }) => [id, name] as const)])
  const select = (
    name: string,
    label: string,
    placeholder: string,
    options: readonly { readonly value: string; readonly label: string }[],
  ) => (
    <SelectField
      name={name}
      label={label}
      placeholder={placeholder}
      value={address[name] ?? ''}
      onChange={value => write({ [name]: value })}
      options={options}
    />
  )
  const named = (items: readonly { readonly id: string; readonly name: string }[] = []) =>
    items.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      <div className="cc-history__filters" id="filtres-historique">
        {company &&
          select('etendue', 'Établissements', 'Celui-ci', [{ value: 'entreprise', label: 'Toute l’entreprise' }])}
        {select('nature', 'Nature', 'Toutes', natures)}
        {select(
          'structure',
          'Structure',
          'Toutes les structures',
          [...structures].map(([value, label]) => ({
            value,
            label: value === organisation.id ? `${label} (la mienne)` : label,
          })),
        )}
        {select('periode', 'Période', 'Depuis toujours', periods)}
        {address['periode'] === 'dates' &&
          (
            [
              ['du', 'Du'],
              ['au', 'Au'],
            ] as const
          ).map(([name, label]) => (
            <DateField
              key={name}
              name={name}
              label={label}
              hint=""
              max={today()}
              defaultValue={address[name] ?? ''}
              // A year half typed asks nothing.
              onChange={day => (day === '' || isDayInReach(day)) && write({ [name]: day })}
            />
          ))}
        {more && (
          <>
            {select(
              'conseiller',
              'Conseiller',
              'Tous les conseillers',
              authors.map(person => ({ value: person.id, label: nameOf(person) })),
            )}
            {select(
              'interlocuteur',
              'Personne rencontrée',
              'Toutes les personnes',
              named(choices?.met.map(({ correspondent }) => correspondent)),
            )}
            {select('campagne', 'Campagne', 'Toutes les campagnes', named(choices?.campaigns))}
          </>
        )}
      </div>
      {!ofPeople.some(name => address[name]) && (
        <Button
          size="small"
          priority="tertiary no outline"
          icon="fr-icon-filter-line"
          expanded={more}
          onClick={() => setOpened(!opened)}
        >
          {more ? 'Moins de filtres' : 'Par personne ou par campagne'}
        </Button>
      )}
    </>
  )
}
