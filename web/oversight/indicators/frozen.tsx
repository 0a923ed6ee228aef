import { useState } from 'react'
import type { getIndicators } from '../../../contract/oversight/indicators.ts'
import type { Reply } from '../../../contract/route.ts'
import { dayOf, formatDay, formatNumber } from '../../platform/format.ts'
import { announce, Button } from '../../ui/index.ts'

type Figures = Reply<typeof getIndicators>

/** The figures of a month that is frozen (IND-6): of which day, their digest to be copied, and whether any moved. */
export const Frozen = ({
  frozen: { at, digest },
  items,
}: {
  frozen: NonNullable<Figures['frozen']>
  items: Figures['items']
}) => {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(digest)
      setCopied(true)
      announce('L’empreinte est copiée.')
    } catch {
      announce('La copie est bloquée par le navigateur : sélectionnez l’empreinte.')
    }
  }
  const moved = items.some(({ since, parts }) => since !== 0 || parts.some(part => part.since !== 0))
  return (
    <section aria-label="Chiffres arrêtés" className="cc-frozen">
      <p className="fr-mb-1v">
        <strong>Chiffres arrêtés le {formatDay(dayOf(at))}.</strong> Ils ne changent plus.{' '}
        {moved
          ? 'Ce qui a changé depuis est dit à côté de chaque chiffre.'
          : 'Rien n’a changé depuis : ceux d’aujourd’hui sont les mêmes.'}
      </p>
      <p className="fr-text--sm fr-mb-0">
        Empreinte : <code className="cc-frozen__digest">{digest}</code>{' '}
        <Button
          size="small"
          priority="tertiary no outline"
          icon={copied ? 'fr-icon-check-line' : 'fr-icon-clipboard-line'}
          onClick={() => void copy()}
        >
          {copied ? 'Copiée' : 'Copier'}
          <span className="fr-sr-only"> l’empreinte</span>
        </Button>
      </p>
    </section>
  )
}

/** What moved a frozen figure since: how much more or less, and what it would be today. */
export const Since = ({ value, since }: { value: number; since: number }) =>
  since !== 0 && (
    <span className="fr-text--sm fr-mb-0 cc-frozen__since">
      {formatNumber(Math.abs(since))} de {since > 0 ? 'plus' : 'moins'} depuis : {formatNumber(value + since)}{' '}
      aujourd’hui
    </span>
  )
