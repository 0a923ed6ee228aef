import { type RefObject, useEffect, useRef } from 'react'
import { signal } from './signal.ts'

/**
 * Every key the application listens to. All but those with Ctrl can be turned off (RGAA 12.11); none fires while one
 * types.
 */
export const shortcuts = {
  search: { keys: 'Ctrl+K', does: 'Rechercher un employeur, une campagne, une personne ou une page, de partout' },
  find: { keys: '/', does: 'Aller au champ de recherche de la page' },
  help: { keys: '?', does: 'Afficher la liste des raccourcis' },
  new: { keys: 'n', does: 'Enregistrer un échange, depuis une fiche ou une cible' },
  edit: { keys: 'e', does: 'Modifier ce qui est affiché' },
  next: { keys: 'j', does: 'Aller à la ligne suivante d’une liste' },
  previous: { keys: 'k', does: 'Revenir à la ligne précédente d’une liste' },
  choices: { keys: '1 à 9', does: 'Choisir une réponse par sa touche, dans un formulaire' },
  undo: { keys: 'z', does: 'Annuler ce qui vient d’être enregistré, tant que c’est proposé' },
  save: { keys: 'Ctrl+Entrée', does: 'Enregistrer le formulaire en cours' },
} as const
export type Shortcut = keyof typeof shortcuts

const stored = 'raccourcis-desactives'
const read = (): readonly string[] => {
  try {
    return JSON.parse(localStorage.getItem(stored) ?? '[]')
  } catch {
    return []
  }
}
/** The ones this person turned off, in this browser. */
export const turnedOff = signal<readonly string[]>(read())
export const setShortcut = (shortcut: Shortcut, on: boolean) => {
  const next = turnedOff.get().filter(id => id !== shortcut)
  turnedOff.set(on ? next : [...next, shortcut])
  try {
    localStorage.setItem(stored, JSON.stringify(turnedOff.get()))
  } catch {
    // Storage forbidden: the choice holds until the page is left.
  }
}

interface Listener {
  readonly shortcut: Shortcut
  readonly run: (event: KeyboardEvent) => unknown
  readonly scope: RefObject<HTMLElement | null> | undefined
}
/** The last one mounted is the nearest to the person: it answers first, and passes on by returning false. */
const listeners: Listener[] = []

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type)))

const pressed = (event: KeyboardEvent): Shortcut | undefined => {
  const command = event.ctrlKey || event.metaKey
  if (command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') return 'search'
  if (command && !event.altKey && event.key === 'Enter') return 'save'
  if (command || event.altKey || typing(event.target)) return undefined
  if (/^[1-9]$/.test(event.key) || /^Digit[1-9]$/.test(event.code)) return 'choices'
  const single = { '?': 'help', '/': 'find', n: 'new', e: 'edit', j: 'next', k: 'previous', z: 'undo' } as const
  return single[event.key as keyof typeof single]
}

/** The digit row of a French keyboard gives letters without Shift: the position counts, not the character. */
export const digitOf = (event: KeyboardEvent) =>
  Number(/^[1-9]$/.test(event.key) ? event.key : event.code.replace('Digit', ''))

const onKey = (event: KeyboardEvent) => {
  if (event.defaultPrevented || event.isComposing || event.repeat) return
  const shortcut = pressed(event)
  if (!shortcut || turnedOff.get().includes(shortcut)) return
  const dialog = [...document.querySelectorAll<HTMLDialogElement>('dialog:modal')].at(-1)
  for (const listener of listeners.toReversed()) {
    if (
      listener.shortcut !== shortcut ||
      (dialog && !(listener.scope?.current && dialog.contains(listener.scope.current)))
    )
      continue
    if (listener.run(event) === false) continue
    event.preventDefault()
    return
  }
}
export const listenToKeys = () => document.addEventListener('keydown', onKey)

/**
 * `scope`: give the element it belongs to when it may stand in a dialog; the keys of the page behind an open dialog are
 * dead.
 */
export const useShortcut = (
  shortcut: Shortcut,
  run: Listener['run'],
  { enabled = true, scope }: { enabled?: boolean; scope?: RefObject<HTMLElement | null> } = {},
) => {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    if (!enabled) return
    const listener: Listener = { shortcut, run: event => latest.current(event), scope }
    listeners.push(listener)
    return () => {
      listeners.splice(listeners.indexOf(listener), 1)
    }
  }, [shortcut, enabled, scope])
}
