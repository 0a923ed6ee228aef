import { useRef } from 'react'
import { listLeadCandidates } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { Chosen, Combobox } from '../../ui/index.ts'
import type { Campaign } from './words.ts'

type Lead = Campaign['leads'][number]

/** Who answers for the campaign in each member organisation. */
export const LeadsField = ({
  campaign,
  organisations,
  value,
  onChange,
}: {
  /** Absent as long as the draft was not saved. */
  campaign: Pick<Campaign, 'id' | 'version'> | undefined
  organisations: readonly { readonly id: string; readonly name: string }[]
  value: readonly Lead[]
  onChange: (leads: readonly Lead[]) => void
}) => {
  const known = useRef(new Map<string, Lead>())
  const taken = new Set(value.map(({ id }) => id))
  const nameOf = (organisationId: string) => organisations.find(({ id }) => id === organisationId)?.name
  return (
    <div className="cc-several">
      <Combobox
        name="leadIds"
        label="Responsables"
        hint="À qui s’adresser dans chaque structure membre : des personnes qui y ont le profil « responsable » ou « pilote ». Ce titre ne leur ouvre aucun droit de plus."
        several
        value={null}
        onChange={choice => {
          const lead = choice && known.current.get(choice.value)
          if (lead) onChange([...value, lead])
        }}
        findKey={['leads', campaign?.id, campaign?.version, [...taken].sort()]}
        find={async (words, signal) => {
          const { items } = await call(listLeadCandidates, {
            params: { campaignId: campaign!.id },
            query: words ? { q: words } : {},
            signal,
          })
          return items
            .filter(({ id }) => !taken.has(id))
            .map(({ function: job, organisation, ...lead }) => {
              known.current.set(lead.id, lead)
              return { value: lead.id, label: lead.name, hint: `${job}, ${organisation}` }
            })
        }}
      />
      <Chosen
        label="Responsables : choisis"
        items={value.map(({ id, name, organisationId }) => ({
          value: id,
          label: [name, nameOf(organisationId)].filter(Boolean).join(', '),
        }))}
        onRemove={id => onChange(value.filter(lead => lead.id !== id))}
      />
    </div>
  )
}
