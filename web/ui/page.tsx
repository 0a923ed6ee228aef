import { Breadcrumb } from '@codegouvfr/react-dsfr/Breadcrumb'
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react'
import { takeArrival } from '../platform/arrival.ts'
import { ToldNotice } from './told.tsx'

export const serviceTitle = 'Campagnes coordonnées'

export interface PageProps {
  /** Asks or answers the one question of the page: document title, h1, and where the focus goes on arrival. */
  title: string
  /** Beside the h1: a badge, a sign. The title itself stays plain text. */
  beside?: ReactNode
  /** The state in one sentence. */
  lead?: ReactNode
  /** From the home page down to the parent; the page itself is added. */
  breadcrumb?: readonly { label: string; href: string }[]
  /** One primary button at most. */
  actions?: ReactNode
  /** `narrow` where people read or decide, `wide` where they work. */
  width?: 'narrow' | 'wide'
  /** Head of one line, for a page where one works through a list. */
  compact?: boolean
  children: ReactNode
}

export const Page = ({
  title,
  beside,
  lead,
  breadcrumb,
  actions,
  width = 'wide',
  compact = false,
  children,
}: PageProps) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} — ${serviceTitle}`
  }, [title])
  useLayoutEffect(() => {
    if (takeArrival()) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={`fr-container cc-page cc-page--${width}${compact ? ' cc-page--compact' : ''}`}>
      {breadcrumb && (
        <Breadcrumb
          className="cc-breadcrumb"
          homeLinkProps={{ href: '/' }}
          segments={breadcrumb.map(({ label, href }) => ({ label, linkProps: { href } }))}
          currentPageLabel={title}
        />
      )}
      <div className="cc-page__head">
        <div className="cc-page__title">
          <h1 ref={heading} tabIndex={-1} className="fr-h3">
            {title}
          </h1>
          {beside}
          {lead && <div className="cc-lead">{lead}</div>}
        </div>
        {actions && <div className="cc-page__actions">{actions}</div>}
      </div>
      <ToldNotice />
      {children}
    </div>
  )
}

/** A titled block of a page. */
export const Section = ({
  title,
  level = 2,
  actions,
  children,
  id,
}: {
  title: string
  level?: 2 | 3
  actions?: ReactNode
  children: ReactNode
  id?: string
}) => {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className="cc-section" {...(id ? { id } : {})}>
      <div className="cc-section__head">
        <Heading className={level === 2 ? 'fr-h5' : 'fr-h6'}>{title}</Heading>
        {actions}
      </div>
      {children}
    </section>
  )
}

/** A framed block, for what is looked at as a whole: a figure, a short list. */
export const Card = ({
  title,
  level = 2,
  actions,
  children,
  tone,
}: {
  title?: string
  level?: 2 | 3
  actions?: ReactNode
  children: ReactNode
  tone?: 'info'
}) => {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className={tone ? `cc-card cc-card--${tone}` : 'cc-card'}>
      {(title || actions) && (
        <div className="cc-section__head">
          {title && <Heading className="fr-h6">{title}</Heading>}
          {actions}
        </div>
      )}
      {children}
    </section>
  )
}

/** One column on a phone, several from 768 px; `aside` gives one main column and a narrower one. */
export const Columns = ({ shape = 'even', children }: { shape?: 'even' | 'aside' | 'thirds'; children: ReactNode }) => (
  <div className={`cc-columns cc-columns--${shape}`}>{children}</div>
)

/**
 * Bar of the acts of a page or a form: at the bottom of the screen on a phone; on the right, following the reader, from
 * 992 px when `aside`.
 */
export const StickyActions = ({ aside = false, children }: { aside?: boolean; children: ReactNode }) => (
  <div className={aside ? 'cc-sticky cc-sticky--aside' : 'cc-sticky'}>{children}</div>
)

/** Label and value pairs. An absent value is said, not left blank. */
export const Facts = ({
  items,
}: {
  items: readonly (readonly [label: string, value: ReactNode] | false | null | undefined)[]
}) => (
  <dl className="cc-facts">
    {items
      .filter(item => !!item)
      .map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value === null || value === undefined || value === '' ? (
              <span className="cc-absent">non renseigné</span>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
  </dl>
)
