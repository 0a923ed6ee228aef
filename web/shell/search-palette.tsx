import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { formatCount } from '../platform/format.ts'
import { useGo } from '../platform/navigation.ts'
import { type Me, opensData } from '../platform/session.ts'
import { prefetchCard } from '../territory-and-register/establishments/queries.ts'
import { Dialog, useSlow } from '../ui/index.ts'
import type { Entry } from './pages.ts'
import { useAnswers } from './search-answers.ts'
import { type Goal, searchHref } from './search-goals.ts'
import { Proposals } from './search-proposals.tsx'
import './search-palette.css'

const none: readonly Entry[] = []
/** What no menu shows, fetched as the box opens; undefined until then. */
const useSought = (me: Me) => {
  const [sought, setSought] = useState<readonly Entry[]>()
  useEffect(() => {
    void import('./sought-pages.ts').then(
      ({ soughtPages }) => setSought(soughtPages(me)),
      () => setSought(none), // the network is away: those of the menu remain
    )
  }, [me])
  return sought
}

/** The one search box, over any page. Arrows walk, Enter opens, Escape gives the focus back. */
export const SearchPalette = ({
  me,
  pages,
  begun = '',
  onClose,
}: {
  me: Me
  /** Those of the menu. */
  pages: readonly Entry[]
  /** What was typed on the header's field. */
  begun?: string
  onClose: () => void
}) => {
  const id = useId()
  const go = useGo()
  const list = useRef<HTMLDivElement>(null)
  const [typed, setTyped] = useState(begun)
  const [active, setActive] = useState(-1)
  // Enter came before the answer: the first match is opened when it is here.
  const [waiting, setWaiting] = useState(false)
  const wanted = typed.trim()
  const { groups, late, failed, understood } = useAnswers(me, wanted, pages, useSought(me))
  const goals = groups.flatMap(group => group.goals)

  const follow = ({ href }: Pick<Goal, 'href'>) => {
    onClose()
    go(href)
  }
  useEffect(() => {
    if (!waiting || late) return
    setWaiting(false)
    if (goals[0]) follow(goals[0])
  })
  const walk = (to: number) => {
    setActive(to)
    setWaiting(false)
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
      if (event.shiftKey && wanted) follow({ href: searchHref(wanted) })
      else if (goals[active]) follow(goals[active])
      else if (wanted) setWaiting(true)
    }
  }
  const problem = failed && 'La recherche n’a pas abouti. Réessayez dans un instant.'
  const slow = useSlow(late)
  const people = opensData(me, 'interlocuteurs')
  return (
    <Dialog title="Rechercher" onClose={onClose}>
      <div className="cc-palette">
        <input
          className="fr-input"
          role="combobox"
          aria-label={`Établissement, ${people ? 'interlocuteur, ' : ''}campagne, collègue ou page`}
          aria-autocomplete="list"
          aria-expanded={goals.length > 0}
          aria-controls={`${id}-liste`}
          aria-activedescendant={active >= 0 && active < goals.length ? `${id}-${active}` : undefined}
          aria-describedby={`${id}-aide`}
          placeholder={`Employeur, commune, SIRET, ${people ? 'personne, téléphone, ' : ''}campagne…`}
          maxLength={120}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="go"
          value={typed}
          onChange={event => {
            setTyped(event.target.value)
            setActive(-1)
            setWaiting(false)
          }}
          onKeyDown={onKeyDown}
        />
        <p className="cc-palette__said">{problem || understood || ((slow || waiting) && 'Recherche…')}</p>
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
        {!people && (
          <p className="fr-hint-text fr-mb-0">
            L’annexe 4 n’ouvre pas les interlocuteurs : la recherche ne les comprend pas.
          </p>
        )}
        <p id={`${id}-aide`} className="fr-hint-text fr-mb-0 cc-palette__keys">
          <kbd className="cc-kbd">Entrée</kbd> ouvre la première proposition, <kbd className="cc-kbd">↑</kbd>{' '}
          <kbd className="cc-kbd">↓</kbd> en choisissent une autre, <kbd className="cc-kbd">Maj+Entrée</kbd> liste tous
          les établissements, <kbd className="cc-kbd">Échap</kbd> revient où vous étiez.
        </p>
        <p className="fr-sr-only" role="status">
          {late || !wanted ? '' : `${formatCount(goals.length, 'proposition')}. ${understood ?? ''}`}
        </p>
      </div>
    </Dialog>
  )
}
