import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import { formatNumber } from '../../platform/format.ts'
import { lineName } from '../../platform/names.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import { useWide } from '../../platform/wide.ts'
import { Button, Dialog } from '../../ui/index.ts'
import { EmployerName } from '../campaigns/employer-name.tsx'
import type { Campaign, Target } from '../campaigns/words.ts'
import { RecordExchange } from '../exchanges/record-exchange.tsx'
import { TargetCard } from './target-card.tsx'
import type { Walk } from './target-walk.ts'
import type { TargetWork } from './targets-work.tsx'
import './target-panel.css'

export interface TargetPanelProps {
  readonly campaign: Campaign
  readonly target: Target
  readonly work: TargetWork
  readonly walk: Walk
  readonly total: number | undefined
  readonly recording: boolean
  readonly onShow: (siret: string | undefined) => void
  readonly onRecorded: () => void
}

/** A target and what one does with it, beside the list from 992 px; below, over the whole screen. */
export const TargetPanel = (props: TargetPanelProps) => {
  const wide = useWide()
  const body = useRef<HTMLDivElement>(null)
  const { target, walk, recording, work, onShow } = props
  const go = (siret: string | undefined) => (siret === undefined ? false : onShow(siret))
  const keys = { enabled: !recording, scope: body }
  useShortcut('next', () => go(walk.next), keys)
  useShortcut('previous', () => go(walk.previous), keys)
  useShortcut('new', () => (target.allowed.includes('record') ? work.record(target) : false), keys)
  return wide ? (
    <Beside {...props} body={body} />
  ) : (
    <Dialog title={lineName(target.establishment)} shape="side" onClose={() => onShow(undefined)}>
      <div ref={body}>
        <Steps {...props} />
        <TargetCard key={target.establishment.siret} {...props} />
      </div>
    </Dialog>
  )
}

const Beside = ({ body, ...props }: TargetPanelProps & { body: RefObject<HTMLDivElement | null> }) => {
  const { campaign, target, recording, onShow, onRecorded } = props
  const { siret } = target.establishment
  const heading = useRef<HTMLHeadingElement>(null)
  const panel = useRef<HTMLElement>(null)
  useHeightLeft(panel)
  // Read from the top at each target, and when the exchange has been recorded or left.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another target takes the focus too
  useLayoutEffect(() => {
    if (!recording) heading.current?.focus({ preventScroll: true })
  }, [siret, recording])
  return (
    <section className="cc-target-panel" aria-labelledby="cible-ouverte" ref={panel}>
      <div className="cc-target-panel__head">
        <h2 id="cible-ouverte" className="fr-h6 fr-mb-0" tabIndex={-1} ref={heading}>
          <EmployerName line={target.establishment} />
        </h2>
        {!recording && (
          <Button
            size="small"
            priority="tertiary no outline"
            icon="fr-icon-close-line"
            iconPosition="right"
            onClick={() => onShow(undefined)}
          >
            Fermer
          </Button>
        )}
      </div>
      {!recording && <Steps {...props} />}
      <div className="cc-target-panel__body" ref={body}>
        {recording ? (
          <RecordExchange
            key={siret}
            siret={siret}
            name={lineName(target.establishment)}
            campaignId={campaign.id}
            shape="beside"
            onClose={onRecorded}
          />
        ) : (
          <TargetCard key={siret} {...props} />
        )}
      </div>
    </section>
  )
}

const Steps = ({ walk: { rank, previous, next }, total, onShow }: TargetPanelProps) => (
  <div className="cc-target-panel__steps">
    <Step to={previous} icon="fr-icon-arrow-left-line" position="left" onShow={onShow}>
      Précédente
    </Step>
    <span className="fr-text--sm fr-mb-0">
      {formatNumber(rank)}
      {total !== undefined && ` sur ${formatNumber(total)}`}
    </span>
    <Step to={next} icon="fr-icon-arrow-right-line" position="right" onShow={onShow}>
      Suivante
    </Step>
  </div>
)

const Step = ({
  to,
  icon,
  position,
  onShow,
  children,
}: {
  to: string | undefined
  icon: 'fr-icon-arrow-left-line' | 'fr-icon-arrow-right-line'
  position: 'left' | 'right'
  onShow: (siret: string) => void
  children: ReactNode
}) => (
  <Button
    size="small"
    priority="tertiary"
    icon={icon}
    iconPosition={position}
    disabled={to === undefined}
    onClick={() => to !== undefined && onShow(to)}
  >
    {children}
  </Button>
)

/** The panel ends where the screen does, wherever one has scrolled: its last line and its bar stay in sight. */
const useHeightLeft = (panel: RefObject<HTMLElement | null>) =>
  useLayoutEffect(() => {
    const fit = () => {
      const { current } = panel
      const top = current?.parentElement?.getBoundingClientRect().top
      if (current && top !== undefined) current.style.setProperty('--cc-panel-top', `${Math.max(8, Math.round(top))}px`)
    }
    fit()
    const observer = new ResizeObserver(fit)
    observer.observe(document.body)
    addEventListener('scroll', fit, { passive: true })
    addEventListener('resize', fit)
    return () => {
      observer.disconnect()
      removeEventListener('scroll', fit)
      removeEventListener('resize', fit)
    }
  }, [panel])
