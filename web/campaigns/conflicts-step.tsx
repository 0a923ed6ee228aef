import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { conflictKinds, decideConflicts, listConflicts } from '../../contract/campaigns.ts'
import { call } from '../platform/api.ts'
import { formatCount, formatNumber, formatShortDay } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { lineName, shortOrganisation } from '../platform/names.ts'
import { useAddress } from '../platform/navigation.ts'
import { newKey } from '../platform/new-key.ts'
import { asProblem } from '../platform/problem.ts'
import { queryClient } from '../platform/query.ts'
import {
  announce,
  Badge,
  Button,
  ButtonRow,
  DataTable,
  Dialog,
  Empty,
  Form,
  Loaded,
  Notice,
  Refused,
  RelativeDay,
  Section,
  SelectField,
  StickyActions,
  TagChoice,
  TextArea,
} from '../ui/index.ts'
import { campaignQuery, withinKey } from './queries.ts'
import { stepAddress } from './steps.ts'
import { type Campaign, type Conflict, type Decision, decisionWords } from './words.ts'

type Kind = Conflict['kind']
type Group = {
  readonly kind: Kind
  readonly organisation: Conflict['organisation']
  readonly campaignNames: readonly string[]
  readonly count: number
  readonly undecided: number
}
type ReplyGroup = Omit<Group, 'campaignNames'> & { readonly campaignName: string | null }

/** What is decided at once, and in which words. */
type Choice = {
  readonly which: { rule: { kind: Kind; organisationId?: string } } | { sirets: string[] }
  readonly count: number
  readonly words: string
  readonly kinds: readonly Kind[]
}

/** A rule speaks of a kind and an organisation: what it decides at once is one line. */
const grouped = (groups: readonly ReplyGroup[]): Group[] =>
  [...Map.groupBy(groups, ({ kind, organisation }) => `${kind} ${organisation.id}`).values()].map(same => ({
    kind: same[0]!.kind,
    organisation: same[0]!.organisation,
    campaignNames: same.flatMap(({ campaignName }) => campaignName ?? []),
    count: same.reduce((sum, { count }) => sum + count, 0),
    undecided: same.reduce((sum, { undecided }) => sum + undecided, 0),
  }))
const sum = (groups: readonly { count: number; undecided: number }[], of: 'count' | 'undecided') =>
  groups.reduce((total, group) => total + group[of], 0)

const useDecide = (campaign: Campaign) =>
  useMutation({
    mutationFn: ({
      which,
      decision,
      reason,
      key,
    }: {
      which: Choice['which']
      decision: Decision
      reason?: string | undefined
      key?: string
    }) =>
      call(decideConflicts, {
        params: { campaignId: campaign.id },
        body: { ...which, decision, ...(reason ? { reason } : {}) },
        idempotencyKey: key ?? newKey(),
      }),
    onSuccess: async ({ decided, undecided }, { decision }) => {
      announce(
        `${formatCount(decided, 'établissement')} ${decisionWords[decision]}${decided > 1 ? 's' : ''}. ${undecided ? `Il reste ${formatNumber(undecided)} à décider.` : 'Tout est décidé.'}`,
      )
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: withinKey(campaign.id, 'conflicts') }),
        queryClient.invalidateQueries({ queryKey: campaignQuery(campaign.id).queryKey }),
      ])
    },
    onError: error => announce(asProblem(error).detail),
  })

export const ConflictsStep = ({ campaign }: { campaign: Campaign }) => {
  const [{ vue, restants, sorte }, setAddress] = useAddress()
  const kind = conflictKinds.find(one => one === sorte)
  const oneByOne = vue === 'liste'
  const filter = { ...(restants ? { undecided: true } : {}), ...(kind ? { kind } : {}) }
  const { query, more } = useList(
    withinKey(campaign.id, 'conflicts', filter),
    (after, signal) =>
      call(listConflicts, {
        params: { campaignId: campaign.id },
        query: { ...filter, ...(after ? { after } : { total: true }) },
        signal,
      }),
    { fresh: true },
  )
  const decide = useDecide(campaign)
  const [taking, setTaking] = useState<Choice | null>(null)
  const act = (decision: Decision, choice: Choice) =>
    decision === 'take' ? setTaking(choice) : decide.mutate({ which: choice.which, decision })
  return (
    <>
      <Loaded
        query={query}
        empty={({ groups }) =>
          groups.length === 0 && (
            <Empty title="Aucun établissement n’est déjà suivi">
              Aucune des {formatCount(campaign.counts.targets, 'cible')} n’est tenue par une autre campagne ouverte, ni
              n’a été contactée depuis moins de {formatCount(campaign.contactDelayDays, 'jour')}. La vérification est
              refaite au moment d’ouvrir.
            </Empty>
          )
        }
      >
        {({ groups, byKind, items, total }) => {
          const all = grouped(groups)
          // Counted by kind: one that two campaigns hold in turn stands in two groups.
          const count = sum(byKind, 'count')
          const undecided = sum(byKind, 'undecided')
          return (
            <>
              <h2 className="fr-h5 fr-mb-1w">
                {formatCount(count, 'établissement')} sur {formatNumber(campaign.counts.targets)}{' '}
                {count > 1 ? 'sont déjà suivis' : 'est déjà suivi'}
              </h2>
              <p className="cc-conflict-state">
                {undecided ? (
                  <>
                    <strong>Il en reste {formatNumber(undecided)} à décider.</strong> La campagne ne peut pas ouvrir
                    avant.
                  </>
                ) : (
                  <>
                    <strong>Tout est décidé.</strong> Vous pouvez encore changer d’avis jusqu’à l’ouverture.
                  </>
                )}
              </p>
              <Meaning />
              {decide.isError && !taking && <Refused problem={decide.error} />}
              {byKind.map(counts => (
                <KindOfConflict
                  key={counts.kind}
                  counts={counts}
                  groups={all.filter(group => group.kind === counts.kind)}
                  campaign={campaign}
                  act={act}
                  busy={decide.isPending}
                />
              ))}
              <p className="fr-mt-3w">
                <Button
                  priority="tertiary"
                  expanded={oneByOne}
                  icon={oneByOne ? 'fr-icon-arrow-up-s-line' : 'fr-icon-arrow-down-s-line'}
                  iconPosition="right"
                  onClick={() =>
                    setAddress(oneByOne ? { vue: undefined, restants: undefined, sorte: undefined } : { vue: 'liste' })
                  }
                >
                  Voir un par un
                </Button>
              </p>
              {oneByOne && (
                <OneByOne
                  key={`${sorte} ${restants}`}
                  items={items}
                  total={total}
                  more={more}
                  act={act}
                  busy={decide.isPending}
                  filters={
                    <div className="cc-filters">
                      <SelectField
                        name="sorte"
                        label="Conflits"
                        required
                        placeholder="Tous"
                        value={sorte ?? ''}
                        onChange={value => setAddress({ sorte: value })}
                        options={[
                          { value: 'held', label: 'Tenus par une autre campagne' },
                          { value: 'contacted', label: 'Contactés récemment' },
                        ]}
                      />
                      <TagChoice
                        label="Décision"
                        value={restants ? '1' : ''}
                        onChange={value => setAddress({ restants: value })}
                        options={[
                          { value: '', label: 'Tous' },
                          { value: '1', label: `À décider (${formatNumber(undecided)})` },
                        ]}
                      />
                    </div>
                  }
                />
              )}
            </>
          )
        }}
      </Loaded>
      {taking && (
        <TakeDialog
          choice={taking}
          onClose={() => setTaking(null)}
          take={(reason, key) => decide.mutateAsync({ which: taking.which, decision: 'take', reason, key })}
        />
      )}
      <div className="cc-step-nav">
        <ButtonRow>
          {campaign.status === 'closed' ? (
            <Button href={`/campagnes/${campaign.id}?onglet=reglages`}>Revenir à la campagne pour la rouvrir</Button>
          ) : (
            <>
              <Button href={stepAddress(campaign.id, 'ouverture')} icon="fr-icon-arrow-right-line" iconPosition="right">
                Continuer
              </Button>
              <Button href={stepAddress(campaign.id, 'etablissements')} priority="tertiary">
                Étape précédente
              </Button>
            </>
          )}
        </ButtonRow>
      </div>
    </>
  )
}

const Meaning = () => (
  <details className="cc-operation cc-meaning">
    <summary>Laisser, partager, prendre : ce que cela veut dire</summary>
    <ul>
      <li>
        <strong>Laisser</strong> : l’établissement est mis de côté dans votre campagne ; l’autre structure continue
        seule.
      </li>
      <li>
        <strong>Partager</strong> : il reste dans les deux campagnes, et chacune voit ce que fait l’autre avant de le
        contacter.
      </li>
      <li>
        <strong>Prendre</strong> : il est travaillé dans votre campagne. S’il était tenu par une autre, il y est mis de
        côté et ses membres lisent par qui il a été repris.
      </li>
    </ul>
  </details>
)

const KindOfConflict = ({
  counts: { kind, count, undecided },
  groups,
  campaign,
  act,
  busy,
}: {
  counts: { kind: Kind; count: number; undecided: number }
  groups: readonly Group[]
  campaign: Campaign
  act: (decision: Decision, choice: Choice) => void
  busy: boolean
}) => {
  const title =
    kind === 'held'
      ? `${formatNumber(count)} ${count > 1 ? 'tenus' : 'tenu'} par une autre campagne ouverte`
      : `${formatNumber(count)} ${count > 1 ? 'contactés' : 'contacté'} il y a moins de ${formatCount(campaign.contactDelayDays, 'jour')}`
  return (
    <section className="cc-conflicts">
      <div className="cc-conflicts__head">
        <h3 className="fr-h6 fr-mb-0">{title}</h3>
        {groups.length > 1 && (
          <Decide
            kind={kind}
            choice={{
              which: { rule: { kind } },
              count,
              words: `${formatCount(count, 'établissement')}, toutes structures`,
              kinds: [kind],
            }}
            undecided={undecided}
            act={act}
            busy={busy}
            all
          />
        )}
      </div>
      <ul className="cc-conflicts__groups">
        {groups.map(group => (
          <li key={group.organisation.id}>
            <span className="cc-conflicts__count">{formatNumber(group.count)}</span>
            <span className="cc-conflicts__who">
              {group.campaignNames.length > 0 && <>« {group.campaignNames.join(' », « ')} », </>}
              {group.organisation.name}
              {group.undecided < group.count && group.undecided > 0 && (
                <span className="fr-hint-text">{formatNumber(group.undecided)} à décider</span>
              )}
            </span>
            <Decide
              kind={kind}
              choice={{
                which: { rule: { kind, organisationId: group.organisation.id } },
                count: group.count,
                words: `${formatCount(group.count, 'établissement')} (${group.organisation.name})`,
                kinds: [kind],
              }}
              undecided={group.undecided}
              act={act}
              busy={busy}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

const Decide = ({
  kind,
  choice,
  undecided,
  act,
  busy,
  all = false,
}: {
  kind: Kind
  choice: Choice
  undecided: number
  act: (decision: Decision, choice: Choice) => void
  busy: boolean
  all?: boolean
}) => {
  const [changing, setChanging] = useState(false)
  if (undecided === 0 && !changing)
    return (
      <span className="cc-conflicts__acts">
        {!all && <Badge tone="success">{choice.count > 1 ? 'décidés' : 'décidé'}</Badge>}
        <Button size="small" priority="tertiary no outline" onClick={() => setChanging(true)}>
          {all ? 'Tous à la fois' : 'Changer'}
          <span className="fr-sr-only"> : {choice.words}</span>
        </Button>
      </span>
    )
  const run = (decision: Decision) => {
    if (decision !== 'take') setChanging(false)
    act(decision, choice)
  }
  return (
    <fieldset className="cc-conflicts__acts">
      <legend className="fr-sr-only">{choice.words}</legend>
      <Button size="small" priority="secondary" busy={busy} onClick={() => run('leave')}>
        {all ? 'Tout laisser' : 'Laisser'}
      </Button>
      {kind === 'held' && (
        <Button size="small" priority="secondary" busy={busy} onClick={() => run('share')}>
          {all ? 'Tout partager' : 'Partager'}
        </Button>
      )}
      <Button size="small" priority="secondary" busy={busy} onClick={() => run('take')}>
        {all ? 'Tout prendre, motif…' : 'Prendre, motif…'}
      </Button>
    </fieldset>
  )
}

const TakeDialog = ({
  choice,
  onClose,
  take,
}: {
  choice: Choice
  onClose: () => void
  take: (reason: string, key: string) => Promise<unknown>
}) => (
  <Dialog
    title={choice.count > 1 ? `Prendre ${formatCount(choice.count, 'établissement')}` : 'Prendre un établissement'}
    onClose={onClose}
  >
    <p>{choice.words}. Dites pourquoi votre campagne doit les contacter malgré tout.</p>
    {choice.kinds.includes('held') && (
      <Notice tone="warning">
        À l’ouverture, ceux qu’une autre campagne tient y seront mis de côté. Prévenez d’abord la structure qui s’en
        occupe : partager suffit souvent.
      </Notice>
    )}
    <Form
      submit="Prendre"
      onCancel={onClose}
      onSubmit={async ({ reason }, { idempotencyKey }) => {
        await take(reason!.trim(), idempotencyKey)
        onClose()
      }}
    >
      <TextArea
        name="reason"
        label="Motif"
        hint="Gardé avec la décision, 300 caractères au plus"
        required
        maxLength={300}
        rows={3}
      />
    </Form>
  </Dialog>
)

const what = ({ kind, organisation, campaign, on }: Conflict) =>
  kind === 'held' ? (
    <>
      tenu par{' '}
      {campaign ? (
        <>
          « {campaign.name} » ({shortOrganisation(organisation.name)})
        </>
      ) : (
        shortOrganisation(organisation.name)
      )}
      , jusqu’au {formatShortDay(on)}
    </>
  ) : (
    <>
      contacté par {shortOrganisation(organisation.name)}, <RelativeDay date={on} />
    </>
  )

const keyOf = ({ establishment: { siret }, on }: Conflict) => `${siret} ${on}`

const OneByOne = ({
  items,
  total,
  more,
  act,
  busy,
  filters,
}: {
  items: readonly Conflict[]
  total: number | undefined
  more: ReturnType<typeof useList>['more']
  act: (decision: Decision, choice: Choice) => void
  busy: boolean
  filters: React.ReactNode
}) => {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const nameOf = ({ establishment }: Conflict) => lineName(establishment)
  const picked = items.filter(conflict => selected.has(keyOf(conflict)))
  // A decision on an establishment answers all who follow it.
  const chosen = [...new Map(picked.map(conflict => [conflict.establishment.siret, conflict])).values()]
  const kinds = [...new Set(picked.map(({ kind }) => kind))]
  const one = (conflict: Conflict): Choice => ({
    which: { sirets: [conflict.establishment.siret] },
    count: 1,
    words: nameOf(conflict),
    kinds: [conflict.kind],
  })
  const several: Choice = {
    which: { sirets: chosen.map(({ establishment: { siret } }) => siret) },
    count: chosen.length,
    words: formatCount(chosen.length, 'établissement choisi', 'établissements choisis'),
    kinds,
  }
  const run = (decision: Decision, choice: Choice) => {
    if (choice === several) setSelected(new Set())
    act(decision, choice)
  }
  return (
    <Section title="Un par un">
      {filters}
      {items.length === 0 ? (
        <Empty title="Plus rien à décider ici">Choisissez « Tous » pour revoir vos décisions.</Empty>
      ) : (
        <div className="cc-early-cards">
          <DataTable
            caption={
              total === undefined
                ? 'Établissements déjà suivis'
                : formatCount(total, 'établissement déjà suivi', 'établissements déjà suivis')
            }
            rows={items}
            keyOf={keyOf}
            selection={{ selected, onChange: setSelected, nameOf }}
            columns={[
              {
                head: 'Établissement',
                cell: conflict => (
                  <>
                    {nameOf(conflict)}
                    <span className="fr-hint-text">{conflict.establishment.town}</span>
                  </>
                ),
              },
              { head: 'Déjà suivi', cell: conflict => <span className="cc-two">{what(conflict)}</span> },
              {
                head: 'Décision',
                cell: ({ decision, reason }) =>
                  decision ? (
                    <span className="cc-two">
                      <Badge tone="success">{decisionWords[decision]}</Badge>
                      {reason && <span className="fr-hint-text">{reason}</span>}
                    </span>
                  ) : (
                    <Badge tone="warning">à décider</Badge>
                  ),
              },
            ]}
            acts={conflict => (
              <span className="cc-row-acts">
                {(['leave', ...(conflict.kind === 'held' ? ['share' as const] : []), 'take'] as const)
                  .filter(decision => decision !== conflict.decision)
                  .map(decision => (
                    <Button
                      key={decision}
                      size="small"
                      priority="tertiary"
                      busy={busy}
                      onClick={() => run(decision, one(conflict))}
                    >
                      {{ leave: 'Laisser', share: 'Partager', take: 'Prendre…' }[decision]}
                      <span className="fr-sr-only"> {nameOf(conflict)}</span>
                    </Button>
                  ))}
              </span>
            )}
            {...(more ? { more } : {})}
          />
        </div>
      )}
      {chosen.length > 0 && (
        <StickyActions>
          <strong>{formatCount(chosen.length, 'choisi')}</strong>
          <Button size="small" priority="secondary" busy={busy} onClick={() => run('leave', several)}>
            Laisser
          </Button>
          {kinds.every(kind => kind === 'held') && (
            <Button size="small" priority="secondary" busy={busy} onClick={() => run('share', several)}>
              Partager
            </Button>
          )}
          <Button size="small" priority="secondary" busy={busy} onClick={() => run('take', several)}>
            Prendre, motif…
          </Button>
        </StickyActions>
      )}
    </Section>
  )
}
