import { useEffect, useRef } from 'react'
import { formatSiret } from '../../platform/format.ts'
import { type Line, notDiffused } from '../../platform/names.ts'
import { Badge, Link } from '../../ui/index.ts'
import { NotToContact } from '../../work-with-employers/do-not-contact/not-to-contact.tsx'
import type { Found } from './found.ts'
import { prefetchCard } from './queries.ts'
import { type FactId, factWords } from './search-columns.tsx'

/** `apart`: repeated under the map, out of the walk through the list. */
export const Row = ({
  line,
  known,
  said,
  facts,
  shown,
  onShow,
  apart = false,
}: {
  line: Found
  /** What the network did with it, once that is read. */
  known?: string | undefined
  /** What partners noted of it, by which it was found. */
  said?: string | undefined
  facts: readonly FactId[]
  shown: boolean
  onShow: () => void
  apart?: boolean
}) => {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  // A pointer that only crosses the row asks for nothing.
  const near = () => {
    onShow()
    clearTimeout(timer.current)
    timer.current = setTimeout(() => prefetchCard(line.siret), 80)
  }
  const away = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <li
      className="cc-result"
      data-shown={shown || undefined}
      onPointerEnter={near}
      onPointerLeave={away}
      onFocus={near}
      onBlur={away}
    >
      <div className="cc-result__head">
        <Link
          href={`/etablissements/${line.siret}`}
          className="cc-table__link"
          {...(apart ? {} : { 'data-row-stop': line.siret })}
        >
          <RowName line={line} />
        </Link>
        <LineBadges line={line} />
        <NotToContact siret={line.siret} />
      </div>
      {said && <p className="fr-text--sm fr-mb-0">{said}</p>}
      <p className="cc-result__more">{factWords(line, facts)}</p>
      {!apart && facts.includes('contact') && <p className="cc-result__known">{known}</p>}
    </li>
  )
}

const RowName = ({ line: { name, sign, siret } }: { line: Line }) =>
  name === null ? (
    <>
      <span className="cc-unnamed">{sign ?? notDiffused}</span>{' '}
      <span className="cc-sign">SIRET {formatSiret(siret)}</span>
    </>
  ) : (
    <>
      {name}
      {sign && sign !== name && <span className="cc-sign"> {sign}</span>}
    </>
  )

const LineBadges = ({ line: { active, headOffice, employer, partialDiffusion, provisional } }: { line: Line }) => {
  const badges = [
    provisional && ['fiche provisoire', 'info'],
    !active && ['fermé', 'warning'],
    headOffice && ['siège', 'neutral'],
    employer === false && ['sans salarié', 'neutral'],
    partialDiffusion && ['diffusion partielle', 'info'],
  ].filter(badge => !!badge) as [string, 'neutral' | 'info' | 'warning'][]
  if (!badges.length) return null
  return (
    <span className="cc-badges">
      {badges.map(([word, tone]) => (
        <Badge key={word} tone={tone}>
          {word}
        </Badge>
      ))}
    </span>
  )
}
