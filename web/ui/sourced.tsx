import { type ReactNode, useId, useState } from 'react'

/** The one way to say where a value comes from, and of when: on focus, under the pointer or at a tap (EST-6). */
export const Sourced = ({ source, children }: { source: string; children: ReactNode }) => {
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
      <span id={id} role="tooltip" className="cc-tip__bubble" data-open={open}>Source : {source}</span>
    </span>
  )
}
