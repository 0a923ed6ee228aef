import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import type { Static } from 'typebox'
import { addTargets, previewTargets, type targetOutcomes } from '../../contract/campaigns.ts'
import { type Criteria, sizes } from '../../contract/establishments.ts'
import { call, newKey } from '../platform/api.ts'
import { formatCount, formatNumber, formatSiret } from '../platform/format.ts'
import { useAddress } from '../platform/navigation.ts'
import { ActivitiesField } from '../territories/activities-field.tsx'
import { TerritoryField } from '../territories/territory-field.tsx'
import { territoryChoice } from '../territories/words.ts'
import { announce, Button, ButtonRow, Checkbox, CheckboxGroup, type Choice, Columns, DataTable, Empty, Figure, Figures, Notice, Refused, Section, Skeleton, StickyActions, Tabs, TextArea } from '../ui/index.ts'
import { keepCampaign, withinKey } from './queries.ts'
import { stepAddress } from './steps.ts'
import { type Campaign, type Line, lineActivity, lineName } from './words.ts'

type Selection = Static<(typeof addTargets)['body']>
type Outcomes = Static<(typeof addTargets)['reply']>['outcomes']
type Outcome = (typeof targetOutcomes)[number]
const countsOf = ({ counts }: Outcomes): Partial<Record<Outcome, number>> => counts
type Preview = Static<(typeof previewTargets)['reply']>

// Fifty thousand at once take longer than a page's usual patience.
const patience = 120_000

export const EstablishmentsStep = ({ campaign }: { campaign: Campaign }) => {
  const [{ par = 'criteres' }, setAddress] = useAddress()
  return (
    <>
      <Tabs label="Façons de choisir" current={par} onChange={id => setAddress({ par: id === 'criteres' ? undefined : id })} tabs={[{ id: 'criteres', label: 'Par critères' }, { id: 'siret', label: 'Par liste de SIRET' }]}>
        {par === 'siret' ? <BySirets campaign={campaign} /> : <ByCriteria campaign={campaign} />}
      </Tabs>
      <div className="cc-step-nav">
        <ButtonRow>
          {campaign.counts.targets > 0 && <Button href={stepAddress(campaign.id, 'conflits')} priority="secondary" icon="fr-icon-arrow-right-line" iconPosition="right">Continuer avec {formatCount(campaign.counts.targets, 'établissement')}</Button>}
          <Button href={stepAddress(campaign.id, 'objet')} priority="tertiary">Étape précédente</Button>
        </ButtonRow>
        {campaign.counts.targets === 0 && <p className="fr-text--sm fr-mt-1w fr-mb-0">Ajoutez au moins un établissement pour continuer. Le brouillon est enregistré : vous pouvez aussi y revenir plus tard.</p>}
      </div>
    </>
  )
}

/** Adds, then says what became of it. One intention keeps its key until it succeeds. */
const useAdd = (campaign: Campaign, onAdded?: () => void) => {
  const [key, setKey] = useState(newKey)
  return useMutation({
    mutationFn: (body: Selection) => call(addTargets, { params: { campaignId: campaign.id }, body, idempotencyKey: key, timeoutMs: patience }),
    onSuccess: ({ outcomes, campaign: now }) => {
      setKey(newKey())
      announce(`${formatCount(countsOf(outcomes).added ?? 0, 'établissement ajouté', 'établissements ajoutés')}.`)
      onAdded?.()
      return keepCampaign(now)
    },
    onError: () => setKey(newKey()),
  })
}

const sizeWords: Record<(typeof sizes)[number], string> = { '0-9': 'Moins de 10 salariés, ou effectif inconnu', '10-49': '10 à 49', '50-99': '50 à 99', '100-199': '100 à 199', '200+': '200 et plus' }

const ByCriteria = ({ campaign }: { campaign: Campaign }) => {
  const [territory, setTerritory] = useState<Choice | null>(() => territoryChoice(campaign.territory))
  const [activities, setActivities] = useState<readonly string[]>([])
  const [chosenSizes, setSizes] = useState<readonly string[]>([])
  const [employer, setEmployer] = useState(true)
  const criteria = useMemo((): Static<typeof Criteria> => ({
    ...(territory && Number(territory.value) !== campaign.territory.id ? { territoryId: Number(territory.value) } : {}),
    ...(activities.length ? { activities: [...activities].sort() } : {}), ...(chosenSizes.length ? { sizes: sizes.filter(size => chosenSizes.includes(size)) } : {}), ...(employer ? { employer } : {}),
  }), [territory, activities, chosenSizes, employer, campaign.territory.id])
  const [settled, setSettled] = useState(criteria)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(criteria), 400)
    return () => clearTimeout(timer)
  }, [criteria])

  const preview = useQuery({
    queryKey: withinKey(campaign.id, 'preview', settled),
    queryFn: ({ signal }) => call(previewTargets, { params: { campaignId: campaign.id }, body: { criteria: settled }, signal, timeoutMs: patience }),
    placeholderData: keepPreviousData,
  })
  const counting = preview.isFetching || settled !== criteria
  const add = useAdd(campaign)
  const count = preview.data?.count
  useEffect(() => {
    if (count !== undefined && !counting) announce(`${formatCount(count, 'établissement nouveau', 'établissements nouveaux')}.`)
  }, [count, counting])
  return (
    <>
      <Columns>
        <div>
          <TerritoryField name="territoire" label="Territoire" hint={`Dans ${campaign.territory.name} ; tout le territoire si vous laissez vide`} within={campaign.territory.id} likely={[campaign.territory]} value={territory} onChange={setTerritory} />
          <div className="fr-mt-3w"><Checkbox label="Employeurs seulement" hint="Selon le registre SIRENE" checked={employer} onChange={setEmployer} /></div>
        </div>
        <CheckboxGroup name="tailles" label="Effectif" hint="Tous, si rien n’est coché" options={sizes.map(size => ({ value: size, label: sizeWords[size] }))} value={chosenSizes} onChange={setSizes} />
      </Columns>
      <ActivitiesField label="Activités" hint="Toutes, si rien n’est choisi" value={activities} onChange={setActivities} />
      <Section title="Aperçu">
        {add.isError && <Refused problem={add.error} />}
        {add.data && !add.isPending && <Added outcomes={add.data.outcomes} campaign={campaign} />}
        {preview.isError && !preview.data ? <Refused problem={preview.error} retry={() => void preview.refetch()} /> : preview.data ? <PreviewBody preview={preview.data} campaign={campaign} /> : <Skeleton lines={6} label="Comptage en cours" />}
      </Section>
      <StickyActions>
        <Button busy={add.isPending || counting || !count} onClick={() => add.mutate({ criteria })}>
          {add.isPending ? 'Ajout en cours…' : counting ? 'Comptage…' : count ? `Ajouter ${count === 1 ? 'cet établissement' : `ces ${formatCount(count, 'établissement')}`}` : 'Rien à ajouter'}
        </Button>
        {!add.isPending && !counting && preview.data && count ? <ConflictWords conflicts={preview.data.conflicts} /> : null}
        {add.isPending && count !== undefined && count > 5000 && <span className="fr-text--sm fr-mb-0">Plusieurs milliers d’établissements : cela peut prendre une minute.</span>}
      </StickyActions>
    </>
  )
}

const ConflictWords = ({ conflicts: { held, contacted } }: Pick<Preview, 'conflicts'>) =>
  held + contacted > 0 ? <span className="fr-text--sm fr-mb-0">dont {[held > 0 && `${formatCount(held, 'tenu')} par une autre campagne`, contacted > 0 && `${formatCount(contacted, 'contacté')} récemment`].filter(Boolean).join(' et ')}</span> : null

const PreviewBody = ({ preview: { count, sample, conflicts, outcomes }, campaign }: { preview: Preview; campaign: Campaign }) => {
  const present = countsOf(outcomes)['already-there'] ?? 0
  if (count === 0) return (
    <Empty title={present ? 'Tous ces établissements sont déjà dans la campagne' : 'Aucun établissement ne répond à ces critères'}>
      {present ? `${formatCount(present, 'établissement')}. Changez de critères pour en ajouter d’autres, ou continuez.` : 'Élargissez le territoire, les activités ou l’effectif.'}
    </Empty>
  )
  return (
    <>
      <Figures>
        <Figure value={formatNumber(count)} label={count > 1 ? 'établissements à ajouter' : 'établissement à ajouter'} />
        {present > 0 && <Figure value={formatNumber(present)} label="déjà dans la campagne" />}
        <Figure value={formatNumber(conflicts.held)} label="tenus par une autre campagne" />
        <Figure value={formatNumber(conflicts.contacted)} label={`contactés depuis moins de ${formatCount(campaign.contactDelayDays, 'jour')}`} />
      </Figures>
      {conflicts.held + conflicts.contacted > 0 && <p className="fr-text--sm">Vous déciderez à l’étape suivante de ceux qui sont déjà tenus ou contactés.</p>}
      <Sample lines={sample} count={count} />
    </>
  )
}

const Sample = ({ lines, count }: { lines: readonly Line[]; count: number }) => (
  <DataTable
    caption={lines.length < count ? `${formatCount(lines.length, 'établissement', 'établissements')} sur ${formatNumber(count)}, pour vérifier` : formatCount(count, 'établissement')}
    keys={false}
    rows={lines}
    keyOf={({ siret }) => siret}
    columns={[
      { head: 'Établissement', cell: lineName },
      { head: 'Activité', cell: lineActivity },
      { head: 'Commune', cell: ({ town }) => town },
      { head: 'Effectif', cell: ({ headcount }) => headcount?.label },
      { head: 'SIRET', cell: ({ siret }) => formatSiret(siret), secondary: true },
    ]}
  />
)

const Added = ({ outcomes, campaign }: { outcomes: Outcomes; campaign: Campaign }) => (
  <Notice tone="success">
    <p className="fr-mb-0">{formatCount(countsOf(outcomes).added ?? 0, 'établissement ajouté', 'établissements ajoutés')}. La campagne en compte {formatNumber(campaign.counts.targets)}.</p>
  </Notice>
)

const outcomeWords: Record<Outcome, { one: string; many: string; help?: string }> = {
  'added': { one: 'à ajouter', many: 'à ajouter' },
  'already-there': { one: 'déjà dans la campagne', many: 'déjà dans la campagne', help: ', ou répété dans la liste' },
  'outside-territory': { one: 'hors du territoire', many: 'hors du territoire', help: ' de la campagne' },
  'unknown': { one: 'absent du registre', many: 'absents du registre', help: ', ou non diffusé' },
  'closed': { one: 'fermé', many: 'fermés', help: ' selon le registre SIRENE' },
  'not-a-siret': { one: 'n’est pas un SIRET', many: 'ne sont pas des SIRET', help: ' : il en faut les quatorze chiffres' },
}

/** From a spreadsheet the first column is the SIRET; a line longer than a SIRET can be is shown back as it is, cut. */
const linesOf = (text: string) => text.split(/\r?\n/).map(line => line.split(/[\t;]/)[0]!.trim().slice(0, 40))

const BySirets = ({ campaign }: { campaign: Campaign }) => {
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const [checked, setChecked] = useState<readonly string[]>()
  const check = useMutation({
    mutationFn: (sirets: string[]) => call(previewTargets, { params: { campaignId: campaign.id }, body: { sirets }, timeoutMs: patience }),
    onSuccess: ({ count }) => announce(`Liste vérifiée : ${formatCount(count, 'établissement')} à ajouter.`),
  })
  const add = useAdd(campaign, () => {
    setText('')
    check.reset()
  })
  const verify = () => {
    const lines = linesOf(text)
    const filled = lines.filter(Boolean).length
    const wrong = filled === 0 ? 'Collez au moins un SIRET.' : lines.length > 50_000 ? 'Collez 50 000 lignes au plus à la fois.' : undefined
    setError(wrong)
    if (wrong) return
    setChecked(lines)
    add.reset()
    check.mutate(lines)
  }
  return (
    <>
      <div className="cc-form">
        <TextArea name="sirets" label="SIRET" required hint="Un par ligne, avec ou sans espaces. Collés depuis un tableur, seule la première colonne est lue." rows={8} value={text} onChange={value => {
          setText(value)
          setError(undefined)
          check.reset()
        }} {...(error ? { error } : {})} />
        <ButtonRow><Button priority={check.data?.count ? 'secondary' : 'primary'} busy={check.isPending} onClick={verify}>{check.isPending ? 'Vérification…' : 'Vérifier la liste'}</Button></ButtonRow>
      </div>
      {check.isError && <div className="fr-mt-3w"><Refused problem={check.error} retry={verify} /></div>}
      {add.isError && <div className="fr-mt-3w"><Refused problem={add.error} /></div>}
      {add.data && (
        <Section title="Ce qui a été ajouté">
          <Added outcomes={add.data.outcomes} campaign={campaign} />
          <NotAdded outcomes={add.data.outcomes} />
        </Section>
      )}
      {check.data && checked && (
        <Section title="Ce qui sera ajouté">
          {check.data.count === 0 ? <Empty title="Aucun établissement de cette liste ne peut être ajouté">Le détail, ligne par ligne, est ci-dessous.</Empty> : <Figures>
            <Figure value={formatNumber(check.data.count)} label={check.data.count > 1 ? 'établissements à ajouter' : 'établissement à ajouter'} />
            <Figure value={formatNumber(check.data.conflicts.held)} label="tenus par une autre campagne" />
            <Figure value={formatNumber(check.data.conflicts.contacted)} label={`contactés depuis moins de ${formatCount(campaign.contactDelayDays, 'jour')}`} />
          </Figures>}
          {check.data.count > 0 && <Sample lines={check.data.sample} count={check.data.count} />}
          <NotAdded outcomes={check.data.outcomes} />
          {check.data.count > 0 && (
            <StickyActions>
              <Button busy={add.isPending} onClick={() => add.mutate({ sirets: [...checked] })}>{add.isPending ? 'Ajout en cours…' : `Ajouter ${check.data.count === 1 ? 'cet établissement' : `ces ${formatCount(check.data.count, 'établissement')}`}`}</Button>
            </StickyActions>
          )}
        </Section>
      )}
    </>
  )
}

/** What became of each line that was not added. */
const NotAdded = ({ outcomes }: { outcomes: Outcomes }): ReactNode => {
  const { lines } = outcomes
  const counts = countsOf(outcomes)
  const reasons = (Object.keys(outcomeWords) as Outcome[]).filter(outcome => outcome !== 'added' && (counts[outcome] ?? 0) > 0)
  if (!reasons.length) return null
  const total = reasons.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0)
  return (
    <Section title={total > 1 ? `${formatNumber(total)} lignes non ajoutées` : '1 ligne non ajoutée'} level={3}>
      <ul>
        {reasons.map(outcome => {
          const { one, many, help } = outcomeWords[outcome]
          const count = counts[outcome] ?? 0
          return <li key={outcome}><strong>{formatNumber(count)} {count > 1 ? many : one}</strong>{help}</li>
        })}
      </ul>
      {lines.length > 0 && (
        <DataTable
          caption={lines.length < total ? `Les ${formatNumber(lines.length)} premières lignes non ajoutées` : 'Lignes non ajoutées'}
          keys={false}
          rows={lines}
          keyOf={({ line }) => String(line)}
          columns={[{ head: 'Ligne', cell: ({ line }) => formatNumber(line) }, { head: 'Texte collé', cell: ({ text }) => text }, { head: 'Raison', cell: ({ outcome }) => outcomeWords[outcome].one }]}
        />
      )}
    </Section>
  )
}
