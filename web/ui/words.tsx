import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { dayOf, formatDay, formatInstant, formatRelativeDay, formatShare } from '../platform/format.ts'

/** A word with what explains it under the pointer, on focus, at a tap, and to screen readers. */
const Tip = ({ bubble, children }: { bubble: ReactNode; children: ReactNode }) => {
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer may rest on the bubble; keys and touch go to the button
    <span className="cc-tip" onMouseEnter={() => setOpen(true)} onMouseLeave={() => setOpen(false)}>
      <button
        type="button"
        className="cc-tip__word"
        aria-describedby={id}
        onClick={() => setOpen(true)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={event => {
          if (event.key === 'Escape') setOpen(false)
        }}
      >
        {children}
      </button>
      <span id={id} role="tooltip" className="cc-tip__bubble" data-open={open}>
        {bubble}
      </span>
    </span>
  )
}

/** « il y a 12 jours », with the exact date. Takes a day or an instant. */
export const RelativeDay = ({ date }: { date: string }) => (
  <Tip bubble={date.length > 10 ? formatInstant(date) : formatDay(date)}>
    <time dateTime={date}>{formatRelativeDay(date.length > 10 ? dayOf(date) : date)}</time>
  </Tip>
)

/** The one way to say where a value comes from, and of when (EST-6). */
export const Sourced = ({ source, children }: { source: string; children: ReactNode }) => (
  <Tip bubble={`Source : ${source}`}>{children}</Tip>
)

/** A term or a figure with its definition one click away. */
export const Definition = ({ term, children }: { term: ReactNode; children: ReactNode }) => {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLSpanElement>(null)
  const id = useId()
  // What the definition stands in stays open.
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.preventDefault()
    event.stopPropagation()
    setOpen(false)
  }
  useEffect(() => {
    if (!open) return
    const outside = (event: PointerEvent) => !root.current?.contains(event.target as Node) && setOpen(false)
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes from the button and from the definition
    <span className="cc-tip" ref={root} onKeyDown={close}>
      <button
        type="button"
        className="cc-definition"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {term}
        <span className="fr-icon-question-line cc-definition__icon" aria-hidden="true" />
        <span className="fr-sr-only"> (définition)</span>
      </button>
      <span id={id} className="cc-tip__bubble cc-tip__bubble--wide" data-open={open} hidden={!open}>
        {children}
      </span>
    </span>
  )
}

/** The share done, always with its figures. */
export const ProgressBar = ({
  label,
  value,
  max,
  figures,
}: {
  label: string
  value: number
  max: number
  figures: string
}) => {
  const id = useId()
  return (
    <div className="cc-progress">
      <div className="cc-progress__words">
        <span id={id}>{label}</span>
        <span>{figures}</span>
      </div>
      <progress
        value={Math.min(value, max)}
        max={Math.max(max, 1)}
        aria-labelledby={id}
        aria-valuetext={`${figures} (${formatShare(value, max)})`}
      />
    </div>
  )
}

/** A figure to be seen at a glance. */
export const Figure = ({ value, label, tone }: { value: ReactNode; label: ReactNode; tone?: 'error' }) => (
  <div className={tone ? `cc-figure cc-figure--${tone}` : 'cc-figure'}>
    <span className="cc-figure__value">{value}</span>
    <span className="cc-figure__label">{label}</span>
  </div>
)
export const Figures = ({ children }: { children: ReactNode }) => <div className="cc-figures">{children}</div>
