import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Static } from 'typebox'
import type { Reply } from '../../../contract/route.ts'
import type { Criteria } from '../../../contract/territory-and-register/criteria.ts'
import { sizes } from '../../../contract/territory-and-register/establishments.ts'
import { previewTargets } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { addDays, formatCount, today } from '../../platform/format.ts'
import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import { territoryChoice } from '../../territory-and-register/territories/words.ts'
import {
  announce,
  Button,
  Checkbox,
  CheckboxGroup,
  type Choice,
  Columns,
  DateField,
  Refused,
  Section,
  SelectField,
  Skeleton,
  StickyActions,
} from '../../ui/index.ts'
import { ActivitiesAsked } from './activities-asked.tsx'
import { CommitmentField } from './commitment-field.tsx'
import { HiresField, isWrong, NeedField, nothingWanted, type Wanted, wantedCriteria } from './hires-field.tsx'
import { everyKind, KindFields, type Kinds, kindCriteria } from './kind-fields.tsx'
import { withinKey } from './queries.ts'
import { patience, sizeWords, useAdd } from './selection.ts'
import { Added, ConflictWords, PreviewBody } from './selection-preview.tsx'
import { noUse, ServicesField, servicesCriteria, type Used } from './services-field.tsx'
import type { Campaign } from './words.ts'

const contacts = [
  { value: 'never', label: 'Jamais contactés par le réseau' },
  { value: 'not-since', label: 'Pas contactés depuis une date' },
  { value: 'since', label: 'Contactés depuis une date' },
] as const

interface Asked {
  readonly territory: Choice | null
  readonly activities: readonly string[]
  readonly chosenSizes: readonly string[]
  readonly kinds: Kinds
  readonly employer: boolean
  readonly headOffice: boolean
  readonly createdSince: string
  readonly contact: string
  readonly contactDay: string
  readonly commitments: readonly string[]
  readonly wanted: Wanted
  readonly used: Used
}
/** As the service takes them: what is left empty, or is the `whole` territory, is not said. */
const criteriaOf = (
  {
    territory,
    activities,
    chosenSizes,
    kinds,
    employer,
    headOffice,
    createdSince,
    contact,
    contactDay,
    commitments,
    wanted,
    used,
  }: Asked,
  whole: number,
): Static<typeof Criteria> => ({
  ...(territory && Number(territory.value) !== whole ? { territoryId: Number(territory.value) } : {}),
  ...(activities.length ? { activities: [...activities].sort() } : {}),
  ...(chosenSizes.length ? { sizes: sizes.filter(size => chosenSizes.includes(size)) } : {}),
  ...kindCriteria(kinds),
  ...wantedCriteria(wanted),
  ...servicesCriteria(used),
  ...(employer ? { employer } : {}),
  ...(headOffice ? { headOffice } : {}),
  ...(createdSince ? { createdSince } : {}),
  ...(commitments.length ? { commitmentKinds: [...commitments].sort() } : {}),
  ...(contact === 'never'
    ? { neverContacted: true }
    : contact && contactDay
      ? { [contact === 'since' ? 'contactedSince' : 'notContactedSince']: contactDay }
      : {}),
})

/** What the criteria would add, once they rest; said to screen readers when it is counted. */
const usePreview = (campaign: Campaign, criteria: Static<typeof Criteria>) => {
  const [settled, setSettled] = useState(criteria)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(criteria), 400)
    return () => clearTimeout(timer)
  }, [criteria])

  const preview = useQuery({
    queryKey: withinKey(campaign.id, 'preview', settled),
    queryFn: ({ signal }) =>
      call(previewTargets, {
        params: { campaignId: campaign.id },
        body: { criteria: settled },
        signal,
        timeoutMs: patience,
      }),
    placeholderData: keepPreviousData,
  })
  const counting = preview.isFetching || settled !== criteria
  const count = preview.data?.count
  useEffect(() => {
    if (count !== undefined && !counting)
      announce(`${formatCount(count, 'établissement nouveau', 'établissements nouveaux')}.`)
  }, [count, counting])
  return { preview, counting }
}

const nothingAsked: Asked = {
  territory: null,
  activities: [],
  chosenSizes: [],
  kinds: everyKind,
  employer: true,
  headOffice: false,
  createdSince: '',
  contact: '',
  contactDay: '',
  commitments: [],
  wanted: nothingWanted,
  used: noUse,
}

export const ByCriteria = ({ campaign }: { campaign: Campaign }) => {
  const [asked, setAsked] = useState<Asked>(() => ({
    ...nothingAsked,
    territory: territoryChoice(campaign.territory),
    contactDay: addDays(today(), -180),
  }))
  const change = (part: Partial<Asked>) => setAsked(before => ({ ...before, ...part }))
  const criteria = useMemo(() => criteriaOf(asked, campaign.territory.id), [asked, campaign.territory.id])
  const { preview, counting } = usePreview(campaign, criteria)
  const add = useAdd(campaign)
  return (
    <>
      <Columns>
        <div>
          <TerritoryField
            name="territoire"
            label="Territoire"
            hint={`Dans ${campaign.territory.name} ; tout le territoire si vous laissez vide`}
            within={campaign.territory.id}
            likely={[campaign.territory]}
            value={asked.territory}
            onChange={territory => change({ territory })}
          />
          <div className="fr-mt-3w">
            <Checkbox
              label="Employeurs seulement"
              hint="Selon le registre SIRENE"
              checked={asked.employer}
              onChange={employer => change({ employer })}
            />
          </div>
          <div className="fr-mt-2w">
            <Checkbox
              label="Sièges seulement"
              checked={asked.headOffice}
              onChange={headOffice => change({ headOffice })}
            />
          </div>
        </div>
        <CheckboxGroup
          name="tailles"
          label="Effectif de l’établissement"
          hint="Tous, si rien n’est coché"
          options={sizes.map(size => ({ value: size, label: sizeWords[size] }))}
          value={asked.chosenSizes}
          onChange={chosenSizes => change({ chosenSizes })}
        />
      </Columns>
      <KindFields kinds={asked.kinds} onChange={kinds => change({ kinds })} />
      <ActivitiesAsked
        territory={campaign.territory}
        value={asked.activities}
        onChange={activities => change({ activities })}
      />
      <Columns>
        <div>
          <ContactFields
            contact={asked.contact}
            onContact={contact => change({ contact })}
            day={asked.contactDay}
            onDay={contactDay => change({ contactDay })}
          />
        </div>
        <DateField
          name="crees-depuis"
          label="Établissements créés depuis le"
          hint="Selon le registre SIRENE"
          max={today()}
          value={asked.createdSince}
          onChange={createdSince => change({ createdSince })}
        />
      </Columns>
      <div className="fr-mt-3w">
        <NeedField wanted={asked.wanted} onChange={wanted => change({ wanted })} />
      </div>
      <HiresField wanted={asked.wanted} onChange={wanted => change({ wanted })} />
      <ServicesField used={asked.used} onChange={used => change({ used })} />
      <CommitmentField value={asked.commitments} onChange={commitments => change({ commitments })} />
      <Section title="Aperçu">
        {add.isError && <Refused problem={add.error} />}
        {add.data && !add.isPending && <Added outcomes={add.data.outcomes} campaign={campaign} />}
        {preview.isError && !preview.data ? (
          <Refused problem={preview.error} retry={() => void preview.refetch()} />
        ) : preview.data ? (
          <PreviewBody
            preview={preview.data}
            campaign={campaign}
            nothing="Élargissez le territoire, les activités ou l’effectif."
          />
        ) : (
          <Skeleton lines={6} label="Comptage en cours" />
        )}
      </Section>
      <AddBar
        adding={add.isPending}
        counting={counting}
        preview={isWrong(asked.wanted) ? undefined : preview.data}
        onAdd={() => add.mutate({ criteria })}
      />
    </>
  )
}

const ContactFields = ({
  contact,
  onContact,
  day,
  onDay,
}: {
  contact: string
  onContact: (contact: string) => void
  day: string
  onDay: (day: string) => void
}) => (
  <>
    <SelectField
      name="contact"
      label="Dernier contact avec le réseau"
      hint="Toutes structures ; un contact d’il y a peu reste signalé comme conflit"
      placeholder="Indifférent"
      options={contacts}
      value={contact}
      onChange={onContact}
    />
    {(contact === 'not-since' || contact === 'since') && (
      <div className="fr-mt-2w">
        <DateField name="contact-jour" label="Depuis le" required max={today()} value={day} onChange={onDay} />
      </div>
    )}
  </>
)

const AddBar = ({
  adding,
  counting,
  preview,
  onAdd,
}: {
  adding: boolean
  counting: boolean
  preview: Reply<typeof previewTargets> | undefined
  onAdd: () => void
}) => {
  const count = preview?.count
  return (
    <StickyActions>
      <Button busy={adding || counting || !count} onClick={onAdd}>
        {adding
          ? 'Ajout en cours…'
          : counting
            ? 'Comptage…'
            : count
              ? `Ajouter ${count === 1 ? 'cet établissement' : `ces ${formatCount(count, 'établissement')}`}`
              : 'Rien à ajouter'}
      </Button>
      {!adding && !counting && preview && count ? <ConflictWords conflicts={preview.conflicts} /> : null}
      {adding && count !== undefined && count > 5000 && (
        <span className="fr-text--sm fr-mb-0">
          Plusieurs milliers d’établissements : quelques secondes. Si vous quittez la page, l’ajout se termine sans
          vous.
        </span>
      )}
    </StickyActions>
  )
}
