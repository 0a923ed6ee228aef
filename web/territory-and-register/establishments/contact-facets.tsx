import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listCampaigns } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { isDayInReach, today } from '../../platform/format.ts'
import { holds, useMe } from '../../platform/session.ts'
import { DateField } from '../../ui/index.ts'
import { FacetList } from './facet-list.tsx'
import type { Filters } from './search-address.ts'

const lastContacts = [
  { value: 'jamais', label: 'Jamais contactés' },
  { value: 'depuis-90', label: 'Il y a moins de 3 mois' },
  { value: 'avant-180', label: 'Il y a plus de 6 mois' },
  { value: 'avant-365', label: 'Il y a plus d’un an' },
]
const inCampaigns = [
  { value: 'oui', label: 'Dans une campagne ouverte' },
  { value: 'aucune', label: 'Dans aucune' },
  { value: 'moi', label: 'Pris en charge par moi' },
]
const dayOf = (contact: string | undefined, way: 'avant' | 'depuis') =>
  contact?.startsWith(`${way}-`) && contact.length > way.length + 5 ? contact.slice(way.length + 1) : ''

/** Emptied when another contact is chosen. A year half typed asks nothing, and the field stays as one types in it. */
const ContactDay = ({
  name,
  label,
  day,
  onChoose,
}: {
  name: string
  label: string
  day: string
  onChoose: (day: string) => void
}) => {
  const [typed, setTyped] = useState(day)
  const [told, setTold] = useState(day)
  if (day !== told) {
    setTold(day)
    setTyped(day)
  }
  return (
    <DateField
      name={name}
      label={label}
      hint=""
      max={today()}
      value={typed}
      onChange={value => {
        setTyped(value)
        if (value === '' || isDayInReach(value)) onChoose(value)
      }}
    />
  )
}

interface Props {
  readonly contact: string | undefined
  readonly campagne: string | undefined
  readonly write: (change: Filters) => void
}
/** What the network did with them, of the cards and the campaigns that one reads (EST-2). */
export const ContactFacets = ({ contact, campagne, write }: Props) => {
  const mayCampaign = holds(useMe(), 'campagnes')
  const { data } = useQuery({
    queryKey: ['campaigns', 'open', 'facet'],
    queryFn: ({ signal }) => call(listCampaigns, { query: { status: 'open', limit: 50 }, signal }),
    enabled: mayCampaign,
  })
  const campaigns = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <>
      <FacetList
        title="Dernier contact du réseau"
        values={lastContacts}
        chosen={contact}
        onChoose={value => write({ contact: value })}
      />
      {(
        [
          ['depuis', 'Contactés depuis le'],
          ['avant', 'Dernier contact avant le'],
        ] as const
      ).map(([way, label]) => (
        <ContactDay
          key={way}
          name={`contact-${way}`}
          label={label}
          day={dayOf(contact, way)}
          onChoose={day => write({ contact: day ? `${way}-${day}` : '' })}
        />
      ))}
      {mayCampaign && (
        <FacetList
          title="Mes campagnes"
          values={[...inCampaigns, ...campaigns]}
          chosen={campagne}
          onChoose={value => write({ campagne: value })}
          most={6}
          all="Toutes"
        />
      )}
    </>
  )
}
