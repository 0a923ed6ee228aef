import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Reply } from '../../../contract/route.ts'
import { searchEstablishments } from '../../../contract/territory-and-register/establishments.ts'
import { listCampaigns } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatSiret } from '../../platform/format.ts'
import { notDiffused } from '../../platform/names.ts'
import { useGo } from '../../platform/navigation.ts'
import { holds, type Me } from '../../platform/session.ts'
import { Dialog, useSlow } from '../../ui/index.ts'
import { prefetchCard } from './queries.ts'
import { askedOf } from './search-address.ts'
import { activityWords, headcountWords, townWords } from './words.ts'
import './search-palette.css'

interface Goal {
  readonly href: string
  readonly label: string
  readonly more?: string | undefined
  readonly siret?: string
}
interface Group {
  readonly title: string
  readonly goals: readonly Goal[]
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const useRested = (text: string, delay: number) => {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), delay)
    return () => clearTimeout(timer)
  }, [text, delay])
  return rested
}

/** Where what is typed may lead. `answered`: the service has said which establishments it finds. */
const groupsOf = (
  wanted: string,
  pages: readonly Goal[],
  campaigns: Reply<typeof listCampaigns>['items'],
  { lines, answered }: { readonly lines: Reply<typeof searchEstablishments>['items']; readonly answered: boolean },
): readonly Group[] => {
  const matches = (label: string) =>
    plain(wanted)
      .split(/\s+/)
      .every(word =>
        plain(label)
          .split(/[^\p{L}\p{N}]+/u)
          .some(of => of.startsWith(word)),
      )
  const establishments =
    wanted.length > 1
      ? lines.map(
          (line): Goal => ({
            href: `/etablissements/${line.siret}`,
            siret: line.siret,
            label: line.name ?? line.sign ?? `${notDiffused}, SIRET ${formatSiret(line.siret)}`,
            more: [
              line.sign && line.name && line.sign !== line.name && line.sign,
              townWords(line.town),
              activityWords(line),
              headcountWords(line),
              !line.active && 'fermé',
            ]
              .filter(Boolean)
              .join(' · '),
          }),
        )
      : []
  // What is here already first, then what the service answers: late as it may come, nothing moves under the pointer.
  return [
    { title: 'Pages', goals: pages.filter(({ label }) => matches(label)) },
    {
      title: 'Campagnes',
      goals: wanted
        ? campaigns
            .filter(({ name }) => matches(name))
            .slice(0, 5)
            .map(({ id: campaignId, name, pilot }) => ({
              href: `/campagnes/${campaignId}`,
              label: name,
              more: pilot.name,
            }))
        : [],
    },
    {
      title: 'Établissements',
      goals:
        wanted.length > 1 && answered
          ? [
              ...establishments,
              {
                href: `/etablissements?q=${encodeURIComponent(wanted)}`,
                label: `Tous les résultats pour « ${wanted} »`,
              },
            ]
          : [],
    },
  ].filter(({ goals }) => goals.length)
}

/** What the service answers to these words; the campaigns are few, and read once. */
const useAnswers = (me: Me, words: string) => {
  const readsCards = holds(me, 'fiche-etablissement')
  const asked = words.length > 1 && readsCards ? askedOf({ q: words }) : undefined
  // Each question has its own key: a late answer belongs to an old question, and is dropped with it.
  const found = useQuery({
    queryKey: ['establishments', 'palette', asked],
    queryFn: ({ signal }) => call(searchEstablishments, { query: { ...asked, limit: 8 }, signal }),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
  const campaigns = useQuery({
    queryKey: ['campaigns', 'palette'],
    queryFn: ({ signal }) => call(listCampaigns, { query: { limit: 100 }, signal }),
    enabled: holds(me, 'campagnes'),
    staleTime: 60_000,
    retry: false,
  })
  return { readsCards, found, campaigns }
}

/** Ctrl+K: wherever one is, without leaving it. Arrows walk, Enter goes, Escape gives the focus back. */
export const SearchPalette = ({
  me,
  pages,
  onClose,
}: {
  me: Me
  pages: readonly { label: string; href: string }[]
  onClose: () => void
}) => {
  const id = useId()
  const go = useGo()
  const list = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(-1)
  const wanted = typed.trim()
  const words = useRested(wanted, 120)
  const { readsCards, found, campaigns } = useAnswers(me, words)
  const groups = useMemo(
    () =>
      groupsOf(wanted, pages, campaigns.data?.items ?? [], {
        lines: found.data?.items ?? [],
        answered: readsCards && (found.data !== undefined || found.isError),
      }),
    [wanted, found.data, found.isError, campaigns.data, pages, readsCards],
  )
  const goals = groups.flatMap(group => group.goals)

  const follow = ({ href }: Goal) => {
    onClose()
    go(href)
  }
  const walk = (to: number) => {
    setActive(to)
    const goal = goals[to]
    if (goal?.siret) prefetchCard(goal.siret)
    requestAnimationFrame(() => list.current?.querySelector(`[id="${id}-${to}"]`)?.scrollIntoView({ block: 'nearest' }))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && goals.length) {
      event.preventDefault()
      walk(active < 0 ? (step > 0 ? 0 : goals.length - 1) : (active + step + goals.length) % goals.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const goal = goals[active]
      if (goal) follow(goal)
      else if (wanted) follow({ href: `/etablissements?q=${encodeURIComponent(wanted)}`, label: '' })
    }
  }
  const late = found.isFetching || words !== wanted
  const problem = found.isError && 'La recherche n’a pas abouti. Réessayez dans un instant.'
  const understood =
    !late && found.data && /^Résultats pour/.test(found.data.understood) ? found.data.understood : undefined
  const slow = useSlow(late)
  return (
    <Dialog title="Rechercher" onClose={onClose}>
      <div className="cc-palette">
        <input
          className="fr-input"
          role="combobox"
          aria-label="Établissement, campagne ou page"
          aria-autocomplete="list"
          aria-expanded={goals.length > 0}
          aria-controls={`${id}-liste`}
          aria-activedescendant={active >= 0 && active < goals.length ? `${id}-${active}` : undefined}
          aria-describedby={`${id}-aide`}
          placeholder="Nom, enseigne, commune, SIRET, campagne, page…"
          maxLength={120}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={event => {
            setTyped(event.target.value)
            setActive(-1)
          }}
          onKeyDown={onKeyDown}
        />
        <p className="cc-palette__said">{problem || understood || (slow && 'Recherche…')}</p>
        <div
          className="cc-palette__list"
          role="listbox"
          id={`${id}-liste`}
          aria-label="Propositions"
          aria-busy={late}
          ref={list}
        >
          <Proposals id={id} groups={groups} active={active} onFollow={follow} />
        </div>
        <p id={`${id}-aide`} className="fr-hint-text fr-mb-0">
          <kbd className="cc-kbd">↑</kbd> <kbd className="cc-kbd">↓</kbd> pour choisir,{' '}
          <kbd className="cc-kbd">Entrée</kbd> pour ouvrir, <kbd className="cc-kbd">Échap</kbd> pour revenir où vous
          étiez.
        </p>
        <p className="fr-sr-only" role="status">
          {late || !wanted ? '' : `${formatCount(goals.length, 'proposition')}. ${understood ?? ''}`}
        </p>
      </div>
    </Dialog>
  )
}

const Proposals = ({
  id,
  groups,
  active,
  onFollow,
}: {
  id: string
  groups: readonly Group[]
  active: number
  onFollow: (goal: Goal) => void
}) => {
  let at = -1
  return (
    <>
      {groups.map(({ title, goals: choices }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options within a list box, not of fields
        <div key={title} role="group" aria-label={title} className="cc-palette__group">
          <p className="cc-palette__title" aria-hidden="true">
            {title}
          </p>
          {choices.map(goal => {
            at += 1
            const rank = at
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
              <div
                key={goal.href}
                id={`${id}-${rank}`}
                role="option"
                tabIndex={-1}
                className="cc-palette__goal"
                aria-selected={rank === active}
                onPointerDown={event => event.preventDefault()}
                onPointerEnter={() => goal.siret && prefetchCard(goal.siret)}
                onClick={() => onFollow(goal)}
              >
                {goal.label}
                {goal.more && <span className="fr-hint-text">{goal.more}</span>}
              </div>
            )
          })}
        </div>
      ))}
    </>
  )
}
