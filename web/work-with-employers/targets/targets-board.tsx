import { memo, useId, useLayoutEffect, useRef, useState } from 'react'
import { listTargets, targetStatuses } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatNumber } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { lineName, townWords } from '../../platform/names.ts'
import { queryClient } from '../../platform/query.ts'
import { Button, Link, Loaded } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import { withinKey } from '../campaigns/queries.ts'
import { type Campaign, type Target, targetStatusWords } from '../campaigns/words.ts'
import { StatesMeaning } from './states-meaning.tsx'
import { useTargetFilter } from './targets-filter.ts'
import { capital, useTargetCounts } from './targets-filters.tsx'
import { NoTarget } from './targets-none.tsx'
import { NextAction, sharedNote, TakenBy } from './targets-parts.tsx'
import { type Pages, type TargetWork, useTargetWork } from './targets-work.tsx'

/**
 * One column per state. A target changes column by what is done to it, never by hand alone: a state says what happened.
 */
export const TargetsBoard = ({ campaign }: { campaign: Campaign }) => {
  const { filter } = useTargetFilter()
  const counts = useTargetCounts(campaign.id, filter)
  const board = useRef<HTMLElement>(null)
  // The card that moves goes out of its column: the focus stays where one was, on the next card or on the head of the
  // column.
  const leave = ({ establishment: { siret }, status }: Target) => {
    const card = board.current?.querySelector(`[data-card="${siret}"]`)
    const next = card?.nextElementSibling ?? card?.previousElementSibling
    const heading = card?.closest('section')?.querySelector<HTMLElement>('h2')
    if (card?.closest('section')?.dataset['status'] === status) return
    queryClient.setQueriesData<Pages>(
      { queryKey: withinKey(campaign.id, 'board') },
      data =>
        data && {
          ...data,
          pages: data.pages.map(page => ({
            ...page,
            items: page.items.filter(one => one.establishment.siret !== siret),
          })),
        },
    )
    ;(next?.querySelector<HTMLElement>('a') ?? heading)?.focus()
  }
  const { work, refusal, dialogs } = useTargetWork(campaign, leave)
  return (
    <>
      {refusal}
      <Loaded query={counts} lines={8} empty={({ total }) => total === 0 && <NoTarget campaign={campaign} />}>
        {({ statuses }) => (
          <>
            <StatesMeaning />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable with the keyboard */}
            <section className="cc-board" ref={board} aria-label="Cibles par état" tabIndex={0}>
              {targetStatuses
                .filter(one => !filter.status || filter.status === one)
                .map(one => (
                  <StateColumn
                    key={one}
                    campaign={campaign}
                    status={one}
                    count={statuses.find(({ status }) => status === one)?.count ?? 0}
                    work={work}
                  />
                ))}
            </section>
          </>
        )}
      </Loaded>
      {dialogs}
    </>
  )
}

const StateColumn = ({
  campaign,
  status,
  count,
  work,
}: {
  campaign: Campaign
  status: Target['status']
  count: number
  work: TargetWork
}) => {
  const { filter } = useTargetFilter()
  const headingId = useId()
  const list = useRef<HTMLUListElement>(null)
  const wanted = useRef<number | null>(null)
  const { query, more } = useList(
    withinKey(campaign.id, 'board', { ...filter, status }),
    (after, signal) =>
      call(listTargets, {
        params: { campaignId: campaign.id },
        query: { ...filter, status, limit: after ? 50 : 10, ...(after ? { after } : {}) },
        signal,
      }),
    { fresh: true },
  )
  const shown = query.data?.items.length ?? 0
  useLayoutEffect(() => {
    if (wanted.current === null || shown <= wanted.current) return
    list.current?.children[wanted.current]?.querySelector('a')?.focus()
    wanted.current = null
  }, [shown])
  return (
    <section className="cc-board__column" aria-labelledby={headingId} data-status={status}>
      <h2 id={headingId} className="cc-board__head" tabIndex={-1}>
        {capital(targetStatusWords[status].word)}{' '}
        <span className="cc-board__count">
          {formatNumber(count)}
          <span className="fr-sr-only"> {count < 2 ? 'cible' : 'cibles'}</span>
        </span>
      </h2>
      <Loaded
        query={query}
        lines={3}
        empty={({ items }) => items.length === 0 && <p className="fr-text--sm fr-mb-0 cc-board__none">Aucune cible.</p>}
      >
        {({ items }) => (
          <ul className="cc-board__cards" ref={list}>
            {items.map(target => (
              <li key={target.establishment.siret} className="cc-board__card" data-card={target.establishment.siret}>
                <TargetCard target={target} campaign={campaign} work={work} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {more && (
        <Button
          size="small"
          priority="secondary"
          busy={more.busy}
          onClick={() => {
            wanted.current = shown
            more.onMore()
          }}
        >
          Afficher la suite
          <span className="fr-sr-only">
            {' '}
            : {targetStatusWords[status].word},{' '}
            {formatCount(Math.max(0, count - shown), 'autre cible', 'autres cibles')}
          </span>
        </Button>
      )}
    </section>
  )
}

/** Drawn again only when the target changes, or what is done to it. */
const TargetCard = memo(
  ({ target, campaign, work }: { target: Target; campaign: Campaign; work: TargetWork }) => {
    const { establishment, allowed, setAsideReason, takenBy, assignedTo, nextAction } = target
    const under = setAsideReason ?? sharedNote(target)
    const [open, setOpen] = useState(false)
    const id = useId()
    const toggle = useRef<HTMLDivElement>(null)
    const waits = work.busy === establishment.siret
    const acts = [
      allowed.includes('take') && {
        word: 'Je m’en occupe',
        where: target.status === 'a-contacter' ? 'passe en « prise en charge »' : null,
        run: () => work.act('take', target),
      },
      allowed.includes('release') && {
        word: 'Rendre',
        where: target.status === 'prise-en-charge' ? 'revient « à contacter »' : null,
        run: () => work.act('release', target),
      },
      allowed.includes('record') && {
        word: 'Enregistrer un échange',
        where: 'l’état suit le résultat',
        run: () => work.record(target),
      },
      { word: 'Voir qui s’en est occupé', where: null, run: () => work.history(target) },
      allowed.includes('set-aside') && {
        word: 'Mettre de côté',
        where: 'avec un motif',
        run: () => work.setAside(target),
      },
      allowed.includes('put-back') && {
        word: 'Remettre parmi les cibles',
        where: null,
        run: () => work.putBack(target),
      },
    ].filter(act => act !== false)
    return (
      <>
        <Link href={`/etablissements/${establishment.siret}`} className="cc-board__name">
          <EmployerName line={establishment} />
        </Link>
        {establishment.town && <span className="fr-text--sm fr-mb-0">{townWords(establishment.town)}</span>}
        {under && <span className="fr-hint-text">{under}</span>}
        {(takenBy || assignedTo) && (
          <div className="fr-text--sm fr-mb-0">
            <span className="fr-sr-only">Qui s’en occupe : </span>
            <TakenBy target={target} campaign={campaign} />
          </div>
        )}
        {nextAction && (
          <div className="fr-text--sm fr-mb-0">
            <span className="fr-sr-only">Prochaine action : </span>
            <NextAction target={target} />
          </div>
        )}
        {acts.length > 0 && (
          <div ref={toggle}>
            <Button
              size="small"
              priority="tertiary"
              busy={waits}
              expanded={open}
              {...(open ? { controls: id } : {})}
              icon={open ? 'fr-icon-arrow-up-s-line' : 'fr-icon-arrow-down-s-line'}
              iconPosition="right"
              onClick={() => setOpen(!open)}
            >
              Agir<span className="fr-sr-only"> sur {lineName(establishment)}</span>
            </Button>
            {open && (
              <ul id={id} className="cc-board__acts">
                {acts.map(({ word, where, run }) => (
                  <li key={word}>
                    <button
                      type="button"
                      onClick={() => {
                        setOpen(false)
                        toggle.current?.querySelector('button')?.focus()
                        run()
                      }}
                      onKeyDown={event => {
                        if (event.key !== 'Escape') return
                        setOpen(false)
                        toggle.current?.querySelector('button')?.focus()
                      }}
                    >
                      {word}
                      {where && <span className="fr-hint-text">{where}</span>}
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </div>
        )}
      </>
    )
  },
  (old, now) =>
    old.target === now.target &&
    old.campaign === now.campaign &&
    (old.work.busy === old.target.establishment.siret) === (now.work.busy === now.target.establishment.siret),
)
