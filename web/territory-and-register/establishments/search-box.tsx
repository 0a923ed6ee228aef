import { type KeyboardEvent, useId, useRef } from 'react'
import { useShortcut } from '../../platform/shortcuts.ts'
import { Button } from '../../ui/index.ts'
import './search.css'

interface Props {
  value: string
  onChange: (words: string) => void
  /** Enter, or the button: at once. */
  onSearch: () => void
  /** Down: into what was found. */
  onDown?: () => void
  hint?: string
}

/** The search of a page that is about searching: « / » comes here. */
export const SearchBox = ({
  value,
  onChange,
  onSearch,
  onDown,
  hint = 'Nom, enseigne, commune, SIRET ou SIREN',
}: Props) => {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  useShortcut('find', () => {
    input.current?.focus()
    input.current?.select()
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' || !onDown) return
    event.preventDefault()
    onDown()
  }
  return (
    <search aria-label="dans le registre" className="cc-search">
      <form
        onSubmit={event => {
          event.preventDefault()
          onSearch()
        }}
      >
        <label className="fr-label" htmlFor={id}>
          Rechercher un établissement<span className="fr-hint-text">{hint}</span>
        </label>
        <div className="cc-search__field">
          <input
            ref={input}
            id={id}
            className="fr-input"
            type="search"
            value={value}
            maxLength={120}
            autoComplete="off"
            spellCheck={false}
            aria-keyshortcuts="/"
            onChange={event => onChange(event.target.value)}
            onKeyDown={onKeyDown}
          />
          <Button type="submit" icon="fr-icon-search-line">
            Rechercher
          </Button>
        </div>
      </form>
    </search>
  )
}
