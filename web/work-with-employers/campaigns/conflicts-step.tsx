import { useState } from 'react'
import { conflictKinds, listConflicts } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatNumber } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Button, ButtonRow, Empty, Loaded, Refused, SelectField, TagChoice } from '../../ui/index.ts'
import { type Choice, grouped, subjectOf, sum, useDecide } from './conflicts.ts'
import { KindOfConflict } from './conflicts-by-kind.tsx'
import { OneByOne } from './conflicts-one-by-one.tsx'
import { withinKey } from './queries.ts'
import { stepAddress } from './steps.ts'
import { TakeDialog } from './take-dialog.tsx'
import type { Campaign, Decision } from './words.ts'

export const ConflictsStep = ({ campaign }: { campaign: Campaign }) => {
  const [{ vue, restants, sorte, jusquau: until }, setAddress] = useAddress()
  const kind = conflictKinds.find(one => one === sorte)
  const oneByOne = vue === 'liste'
  const filter = { ...(restants ? { undecided: true } : {}), ...(kind ? { kind } : {}), ...(until ? { until } : {}) }
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
  const decide = useDecide(campaign, until)
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
                    <strong>Il en reste {formatNumber(undecided)} à décider.</strong> La campagne ne peut pas
                    {campaign.status === 'closed' ? ' être rouverte' : until ? ' être prolongée' : ' ouvrir'} avant.
                  </>
                ) : (
                  <>
                    <strong>Tout est décidé.</strong> Vous pouvez encore changer d’avis
                    {until && campaign.status === 'open'
                      ? ' tant qu’elle n’est pas prolongée.'
                      : ' jusqu’à l’ouverture.'}
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
                  filters={<ConflictFilters byCompany={campaign.conflictScope === 'company'} undecided={undecided} />}
                />
              )}
            </>
          )
        }}
      </Loaded>
      {taking && (
        <TakeDialog
          about={`${campaign.id}-${subjectOf(taking)}`}
          choice={taking}
          onClose={() => setTaking(null)}
          take={(reason, key) => decide.mutateAsync({ which: taking.which, decision: 'take', reason, key })}
        />
      )}
      <div className="cc-step-nav">
        <ButtonRow>
          {campaign.status !== 'draft' ? (
            <Button href={`/campagnes/${campaign.id}?onglet=reglages`}>
              Revenir à la campagne pour la {campaign.status === 'closed' ? 'rouvrir' : 'prolonger'}
            </Button>
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

const ConflictFilters = ({ byCompany, undecided }: { byCompany: boolean; undecided: number }) => {
  const [{ restants, sorte }, setAddress] = useAddress()
  return (
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
          ...(byCompany ? [{ value: 'beside', label: 'Entreprise suivie ou contactée ailleurs' }] : []),
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
  )
}
