import { useMutation, useQuery } from '@tanstack/react-query'
import { useLayoutEffect, useRef } from 'react'
import { listConflicts, openCampaign } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatList, formatNumber } from '../../platform/format.ts'
import { lineName, townWords } from '../../platform/names.ts'
import { useGo } from '../../platform/navigation.ts'
import { asProblem } from '../../platform/problem.ts'
import { queryClient } from '../../platform/query.ts'
import { toast } from '../../platform/toast.ts'
import { Button, ButtonRow, Facts, Notice, Refused, Section } from '../../ui/index.ts'
import { LineMarks } from './employer-name.tsx'
import { campaignQuery, keepCampaign, withinKey } from './queries.ts'
import { stepAddress } from './steps.ts'
import { type Campaign, goalsWords, periodWords, purposeWords } from './words.ts'

export const OpeningStep = ({ campaign }: { campaign: Campaign }) => {
  const go = useGo()
  const { targets } = campaign.counts
  const undecided = campaign.counts.undecided ?? 0
  const refused = useRef<HTMLDivElement>(null)
  const open = useMutation({
    mutationFn: () => call(openCampaign, { params: { campaignId: campaign.id }, timeoutMs: 120_000 }),
    onSuccess: async opened => {
      await keepCampaign(opened)
      toast('La campagne est ouverte.')
      go(`/campagnes/${opened.id}`)
    },
    // The answer may have been lost on the way, or another person have opened it: how it stands tells.
    onError: async () => {
      const now = await queryClient.fetchQuery({ ...campaignQuery(campaign.id), staleTime: 0 }).catch(() => undefined)
      if (now?.status === 'open') {
        toast('La campagne est déjà ouverte.')
        go(`/campagnes/${now.id}`)
      }
    },
  })
  const problem = open.isError ? asProblem(open.error) : undefined
  useLayoutEffect(() => {
    if (problem) refused.current?.focus()
  }, [problem])
  const ready = targets > 0 && undecided === 0
  return (
    <>
      <div ref={refused} tabIndex={-1} className="cc-outcome">
        {problem &&
          (problem.code === 'campaign/undecided-conflicts' ? (
            <Appeared campaign={campaign} />
          ) : (
            <Refused problem={problem} retry={() => open.mutate()}>
              {problem.code === 'campaign/no-target' && (
                <p>
                  <a href={stepAddress(campaign.id, 'etablissements')}>Ajouter des établissements</a>
                </p>
              )}
              {(problem.code === 'campaign/period-over' || problem.code === 'campaign/period-reversed') && (
                <p>
                  <a href={stepAddress(campaign.id, 'objet')}>Corriger la période</a>
                </p>
              )}
            </Refused>
          ))}
      </div>
      <Section title="Ce qui sera ouvert">
        <Facts
          items={[
            ['Campagne', campaign.name],
            ['Objet', purposeWords[campaign.purpose].word],
            campaign.description !== null && ['Description', campaign.description],
            ['Territoire', campaign.territory.name],
            ['Période', periodWords(campaign.startsOn, campaign.endsOn)],
            ['Pilote', campaign.pilot.name],
            ['Membres', formatList(campaign.members.map(({ name }) => name))],
            [
              'Responsables',
              campaign.leads.length ? formatList(campaign.leads.map(({ name }) => name)) : 'personne n’est désigné',
            ],
            ['Établissements', targets ? formatCount(targets, 'établissement') : <strong key="none">aucun</strong>],
            ['Objectifs', goalsWords(campaign.goals)],
            [
              'Déjà suivis',
              undecided ? <strong key="undecided">{formatNumber(undecided)} à décider</strong> : 'tous décidés',
            ],
          ]}
        />
        <p className="fr-text--sm">
          À l’ouverture, ces établissements sont réservés à la campagne pour sa période, sauf ceux que vous laissez ou
          partagez. Les membres voient la campagne et peuvent s’en occuper. Son territoire et son objet ne changent plus
          ensuite ; sa période, sa description, ses objectifs et ses responsables se corrigent encore.
        </p>
      </Section>
      {open.isPending && targets > 2000 && (
        <Notice tone="info" title="Ouverture en cours">
          <p>
            {formatCount(targets, 'établissement est', 'établissements sont')} en train d’être réservés, tous ensemble
            ou aucun : quelques secondes. Vous pouvez quitter cette page, l’ouverture se termine sans vous ; la liste
            des campagnes dira « ouverte ».
          </p>
          <progress aria-label="Ouverture en cours" />
        </Notice>
      )}
      {!problem && targets === 0 && <Notice tone="warning">Ajoutez au moins un établissement avant d’ouvrir.</Notice>}
      {!problem && undecided > 0 && (
        <Notice tone="warning">
          {formatCount(undecided, 'établissement déjà suivi attend', 'établissements déjà suivis attendent')} votre
          décision.
        </Notice>
      )}
      <div className="cc-step-nav">
        <ButtonRow>
          {ready && (
            <Button busy={open.isPending} onClick={() => open.mutate()}>
              {open.isPending ? 'Ouverture en cours…' : 'Ouvrir la campagne'}
            </Button>
          )}
          {targets === 0 ? (
            <Button href={stepAddress(campaign.id, 'etablissements')}>Choisir des établissements</Button>
          ) : (
            undecided > 0 && (
              <Button href={`${stepAddress(campaign.id, 'conflits')}?vue=liste&restants=1`}>
                Décider de ce qui reste
              </Button>
            )
          )}
          <Button href={stepAddress(campaign.id, 'conflits')} priority="tertiary">
            Étape précédente
          </Button>
          <Button href="/campagnes" priority="tertiary">
            Quitter, ouvrir plus tard
          </Button>
        </ButtonRow>
      </div>
    </>
  )
}

/** What came between the last look and the opening: nothing was opened, and what appeared is shown. */
const Appeared = ({ campaign }: { campaign: Campaign }) => {
  const query = useQuery({
    queryKey: withinKey(campaign.id, 'conflicts', 'appeared'),
    staleTime: 0,
    queryFn: ({ signal }) =>
      call(listConflicts, {
        params: { campaignId: campaign.id },
        query: { undecided: true, limit: 5, total: true },
        signal,
      }),
  })
  const { items = [], total = 0 } = query.data ?? {}
  return (
    <Notice tone="warning" title="La campagne n’est pas encore ouverte">
      <p>
        {total > 0
          ? `Depuis votre vérification, ${formatCount(total, 'établissement a été retenu ou contacté', 'établissements ont été retenus ou contactés')} par une autre structure. Décidez pour ${total > 1 ? 'chacun' : 'celui-ci'}, puis ouvrez : rien d’autre n’est à refaire.`
          : 'Depuis votre vérification, une autre campagne a retenu certains de ces établissements. Vérifiez de nouveau, puis ouvrez.'}
      </p>
      {items.length > 0 && (
        <ul>
          {items.map(({ establishment, kind, on, organisation, campaign: other }) => (
            <li key={`${establishment.siret} ${on}`}>
              <strong>{lineName(establishment)}</strong>
              <LineMarks line={establishment} />
              {establishment.town && `, ${townWords(establishment.town)}`} : {kind === 'held' ? 'tenu' : 'contacté'} par{' '}
              {other ? `« ${other.name} » (${organisation.name})` : organisation.name}
            </li>
          ))}
          {total > items.length && <li>et {formatCount(total - items.length, 'autre')}</li>}
        </ul>
      )}
      <div className="fr-mt-2w">
        <Button size="small" priority="secondary" href={`${stepAddress(campaign.id, 'conflits')}?vue=liste&restants=1`}>
          Décider de ce qui est apparu
        </Button>
      </div>
    </Notice>
  )
}
