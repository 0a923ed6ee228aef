import { type InfiniteData, useMutation } from '@tanstack/react-query'
import { lazy, memo, Suspense, useState } from 'react'
import type { Reply } from '../../../contract/route.ts'
import { type listTargets, releaseTarget, takeTarget } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatPhone } from '../../platform/format.ts'
import { lineName } from '../../platform/names.ts'
import { asProblem } from '../../platform/problem.ts'
import { queryClient } from '../../platform/query.ts'
import { announce, Button, Refused } from '../../ui/index.ts'
import { campaignQuery, withinKey } from '../campaigns/queries.ts'
import { type Campaign, type Target, targetStatusWords } from '../campaigns/words.ts'
import { RecordExchange } from '../exchanges/record-exchange.tsx'
import type { Left } from '../solicitations/take-beyond.tsx'

// What one press opens is read then.
const TargetHistory = lazy(() => import('../sharing/target-history.tsx').then(m => ({ default: m.TargetHistory })))
const AsideDialog = lazy(() => import('./targets-aside.tsx').then(m => ({ default: m.AsideDialog })))
const PutBackDialog = lazy(() => import('./targets-aside.tsx').then(m => ({ default: m.PutBackDialog })))
const TakeDespite = lazy(() => import('./take-despite.tsx').then(m => ({ default: m.TakeDespite })))
const TakeBeyond = lazy(() => import('../solicitations/take-beyond.tsx').then(m => ({ default: m.TakeBeyond })))
/** Refusals that a dialog answers. */
const asked = ['target/do-not-contact', 'solicitations/spent']

export type Pages = InfiniteData<Reply<typeof listTargets>>
export interface TargetWork {
  readonly act: (act: 'take' | 'release', target: Target) => void
  readonly record: (target: Target) => void
  readonly setAside: (target: Target) => void
  readonly putBack: (target: Target) => void
  /** Shows who held the target so far. */
  readonly history: (target: Target) => void
  /** The target on which an act is under way. */
  readonly busy: string | undefined
}

interface Acting {
  readonly act: 'take' | 'release'
  readonly target: Target
  /** Confirmed, although it is marked « do not contact ». */
  readonly despite?: boolean
}

interface Beyond {
  readonly target: Target
  readonly despite: boolean
  readonly left: Left | undefined
}

/** Acts on a target, the same from the list and from the board, with their refusal, panel or dialog. */
export const useTargetWork = (
  campaign: Campaign,
  changed?: (target: Target) => void,
): { work: TargetWork; refusal: React.ReactNode; dialogs: React.ReactNode } => {
  const [aside, setAside] = useState<Target | null>(null)
  const [back, setBack] = useState<Target | null>(null)
  const [recording, setRecording] = useState<Target | null>(null)
  const [history, setHistory] = useState<Target | null>(null)
  const [despite, setDespite] = useState<Target | null>(null)
  const [beyond, setBeyond] = useState<Beyond | null>(null)
  const replace = (target: Target) => {
    queryClient.setQueriesData<Pages>(
      { queryKey: withinKey(campaign.id, 'targets') },
      data =>
        data && {
          ...data,
          pages: data.pages.map(page => ({
            ...page,
            items: page.items.map(one => (one.establishment.siret === target.establishment.siret ? target : one)),
          })),
        },
    )
    changed?.(target)
    void queryClient.invalidateQueries({ queryKey: ['before-contact', target.establishment.siret] })
    void queryClient.invalidateQueries({ queryKey: campaignQuery(campaign.id).queryKey })
    for (const part of ['counts', 'board', 'actions', 'points', 'assignments'])
      void queryClient.invalidateQueries({ queryKey: withinKey(campaign.id, part) })
  }
  const done = (target: Target, act: Acting['act']) => {
    replace(target)
    announce(
      `${lineName(target.establishment)} ${act === 'take' ? ': vous vous en occupez' : 'est rendu'}${changed ? ` (${targetStatusWords[target.status].word})` : ''}.`,
    )
  }
  const { mutate, isPending, isError, error, variables } = useMutation({
    mutationFn: ({ act, target, despite }: Acting) => {
      const params = { campaignId: campaign.id, siret: target.establishment.siret }
      return act === 'take'
        ? call(takeTarget, { params, query: despite ? { despite } : {} })
        : call(releaseTarget, { params })
    },
    onSuccess: (target, { act }) => done(target, act),
    onError: (problem, { target, despite = false }) => {
      const { code, detail, facts } = asProblem(problem)
      if (code === 'target/do-not-contact') return setDespite(target)
      if (code === 'solicitations/spent') return setBeyond({ target, despite, left: facts as Left | undefined })
      announce(detail)
      for (const part of ['targets', 'board', 'counts'])
        void queryClient.invalidateQueries({ queryKey: withinKey(campaign.id, part) })
    },
  })
  return {
    work: {
      act: (act, target) => mutate({ act, target }),
      record: setRecording,
      setAside,
      putBack: setBack,
      history: setHistory,
      busy: isPending ? variables.target.establishment.siret : undefined,
    },
    refusal: isError && !asked.includes(asProblem(error).code) && (
      <Refused problem={error}>
        {asProblem(error).code === 'target/taken-by-other' && <p>La liste vient d’être actualisée : elle dit qui.</p>}
      </Refused>
    ),
    dialogs: (
      <>
        {recording && (
          <RecordExchange
            siret={recording.establishment.siret}
            name={lineName(recording.establishment)}
            campaignId={campaign.id}
            onClose={() => setRecording(null)}
          />
        )}
        {history && (
          <Suspense fallback={null}>
            <TargetHistory
              campaignId={campaign.id}
              siret={history.establishment.siret}
              name={lineName(history.establishment)}
              onClose={() => setHistory(null)}
            />
          </Suspense>
        )}
        {despite && (
          <Suspense fallback={null}>
            <TakeDespite
              target={despite}
              onClose={() => setDespite(null)}
              onConfirm={() => mutate({ act: 'take', target: despite, despite: true })}
            />
          </Suspense>
        )}
        {beyond && (
          <Suspense fallback={null}>
            <TakeBeyond
              {...beyond}
              campaignId={campaign.id}
              onClose={() => setBeyond(null)}
              onTaken={target => done(target, 'take')}
            />
          </Suspense>
        )}
        <Suspense fallback={null}>
          {back && <PutBackDialog target={back} campaign={campaign} onClose={() => setBack(null)} onDone={replace} />}
          {aside && <AsideDialog target={aside} campaign={campaign} onClose={() => setAside(null)} onDone={replace} />}
        </Suspense>
      </>
    ),
  }
}

/** Drawn again only when the target changes, or what is done to it. */
export const Acts = memo(
  ({
    target,
    work: { act, record, setAside, putBack, busy },
    all = false,
  }: {
    target: Target
    work: TargetWork
    /** Also those that a row leaves to the open target. */
    all?: boolean
  }) => {
    const { allowed, establishment, phone } = target
    const name = <span className="fr-sr-only"> : {lineName(establishment)}</span>
    const waits = busy === establishment.siret
    if (!allowed.length && !phone) return null
    const recording = allowed.includes('record') && (
      <Button
        size="small"
        priority={all ? 'primary' : 'secondary'}
        icon="fr-icon-add-line"
        {...(all ? { shortcut: 'n' } : {})}
        onClick={() => record(target)}
      >
        Échange<span className="fr-sr-only"> à enregistrer</span>
        {name}
      </Button>
    )
    return (
      <span className="cc-row-acts">
        {phone && (
          <a
            className="fr-btn fr-btn--sm fr-btn--tertiary fr-btn--icon-left fr-icon-phone-line cc-call"
            href={`tel:${phone}`}
          >
            <span className="fr-sr-only">Appeler {lineName(establishment)} au </span>
            {formatPhone(phone)}
          </a>
        )}
        {all && recording}
        {allowed.includes('take') && (
          <Button size="small" priority="tertiary no outline" busy={waits} onClick={() => act('take', target)}>
            Je m’en occupe{name}
          </Button>
        )}
        {allowed.includes('release') && (
          <Button size="small" priority="tertiary no outline" busy={waits} onClick={() => act('release', target)}>
            Rendre{name}
          </Button>
        )}
        {all && allowed.includes('set-aside') && (
          <Button size="small" priority="tertiary no outline" onClick={() => setAside(target)}>
            Mettre de côté{name}
          </Button>
        )}
        {allowed.includes('put-back') && (
          <Button size="small" priority="tertiary no outline" onClick={() => putBack(target)}>
            Remettre parmi les cibles{name}
          </Button>
        )}
        {!all && recording}
      </span>
    )
  },
  (old, now) =>
    old.target === now.target &&
    (old.work.busy === old.target.establishment.siret) === (now.work.busy === now.target.establishment.siret),
)
