import { useLayoutEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import './find-button.css'

/** `typed`: the letter pressed on the field, which begins the search. */
type Find = (typed?: string) => void

/** The header's field, and the phone's: looks like a field, and opens the search that fills the screen. */
export const FindButton = ({ onFind }: { onFind: Find }) => {
  const places = usePlaces()
  return (
    places && (
      <>
        {createPortal(
          <button
            type="button"
            className="cc-find cc-find--field"
            aria-haspopup="dialog"
            aria-keyshortcuts="Control+K"
            onClick={() => onFind()}
            onKeyDown={event => {
              if (event.ctrlKey || event.metaKey || event.altKey || !/^[\p{L}\p{N}]$/u.test(event.key)) return
              event.preventDefault()
              onFind(event.key)
            }}
          >
            <span className="fr-icon-search-line fr-icon--sm" aria-hidden="true" />
            <span className="cc-find__words">
              Rechercher<span className="cc-find__what"> un employeur, une campagne</span>
            </span>
            <span className="cc-kbd" aria-hidden="true">
              Ctrl+K
            </span>
          </button>,
          places.tools,
        )}
        {createPortal(
          <button type="button" className="fr-btn fr-btn--search" title="Rechercher" onClick={() => onFind()}>
            Rechercher
          </button>,
          places.navbar,
        )}
      </>
    )
  )
}

/** The official header has no slot for a field that opens a dialog: one host beside the tools, one before the menu. */
const usePlaces = () => {
  const [places, setPlaces] = useState<{ tools: HTMLElement; navbar: HTMLElement }>()
  useLayoutEffect(() => {
    const tools = document.createElement('div')
    const navbar = document.createElement('div')
    navbar.className = 'cc-find-host'
    document.querySelector('#entete .fr-header__tools')?.append(tools)
    document.querySelector('#entete .fr-header__navbar')?.prepend(navbar)
    setPlaces({ tools, navbar })
    return () => {
      tools.remove()
      navbar.remove()
    }
  }, [])
  return places
}
