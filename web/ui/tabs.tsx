import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'

export interface TabSpec {
  readonly id: string
  readonly label: string
  readonly count?: number | undefined
}

/** The DSFR's tabs, drawn by us: theirs fixes the height of the panel by script and cuts what arrives later. */
export const Tabs = ({
  label,
  tabs,
  current,
  onChange,
  beside,
  children,
}: {
  label: string
  tabs: readonly TabSpec[]
  current: string
  onChange: (id: string) => void
  /** On the line of the tabs, at its end. */
  beside?: ReactNode
  children: ReactNode
}) => {
  const base = useId()
  const list = useRef<HTMLDivElement>(null)
  const selected = tabs.some(({ id }) => id === current) ? current : tabs[0]?.id
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === selected)
    const to = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[event.key]
    if (to === undefined) return
    event.preventDefault()
    onChange(tabs[to]!.id)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus()
  }
  return (
    <div className="cc-tabs">
      <div className="cc-tabs__head">
        <div className="cc-tabs__list" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
          {tabs.map(tab => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${base}-${tab.id}`}
              className="cc-tabs__tab"
              aria-selected={tab.id === selected}
              aria-controls={tab.id === selected ? `${base}-panneau` : undefined}
              tabIndex={tab.id === selected ? 0 : -1}
              onClick={() => onChange(tab.id)}
            >
              {tab.label}
              {tab.count !== undefined && <span className="cc-tabs__count">{tab.count}</span>}
            </button>
          ))}
        </div>
        {beside}
      </div>
      <div
        className="cc-tabs__panel"
        role="tabpanel"
        id={`${base}-panneau`}
        aria-labelledby={`${base}-${selected}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a panel without a control must be reachable to be read (ARIA, tabs pattern)
        tabIndex={0}
      >
        {children}
      </div>
    </div>
  )
}
