import { useEffect, useRef } from 'react'
import { formatSiret } from '../../platform/format.ts'
import { type Line, notDiffused } from '../../platform/names.ts'
import { Badge, Link } from '../../ui/index.ts'
import type { Found } from './found.ts'
import { prefetchCard } from './queries.ts'
import { activityWords, headcountWords, townWords } from './words.ts'

/** `apart`: repeated under the map, out of the walk through the list. */
export const Row = ({
  line,
  shown,
  onShow,
  apart = false,
}: {
  line: Found
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
      </div>
      <p className="cc-result__more">
        {[activityWords(line), townWords(line.town), headcountWords(line)].filter(Boolean).join(' · ')}
      </p>
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
