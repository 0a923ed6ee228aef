import { type ReactNode, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { DirtyContext } from './form-fields.ts'
import { DialogDraftContext } from './kept/drafted-form.ts'
import { placeOf } from './place.ts'

export interface DialogProps {
  title: string
  /** Absent: the dialog cannot be closed, only answered. */
  onClose?: () => void
  /**
   * `side`: a panel on the right from 992 px, the whole screen on a phone. `beside`: in its place in the page, which
   * stays alive around it.
   */
  shape?: 'centre' | 'side' | 'beside'
  /** Hides the page behind it entirely: what was on the screen is not for whoever passes by. */
  veiled?: boolean
  /** What is typed is kept in a draft, when `kept` says so: one may leave and find it again. `onDrop` erases it. */
  draft?: { readonly kept: () => boolean; readonly onDrop: () => void }
  children: ReactNode
}

/**
 * The browser's own modal dialog: focus kept inside, page behind inert, focus given back on closing. Escape never
 * throws away what was typed.
 */
export const Dialog = ({ title, onClose, shape = 'centre', veiled = false, draft, children }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const dirty = useRef(false)
  const ofForm = useRef<DialogProps['draft']>(undefined)
  const tellDraft = useCallback((told: DialogProps['draft']) => {
    ofForm.current = told
  }, [])
  const [asking, setAsking] = useState(false)
  const titleId = useId()
  // Keep the same function at each render. A form takes a new one for another container, and forgets what was typed.
  const tellDirty = useCallback((value: boolean) => {
    dirty.current = value
  }, [])

  useEffect(() => {
    const element = dialog.current!
    const giveBack = placeOf(document.activeElement)
    if (!element.open) shape === 'beside' ? element.show() : element.showModal()
    // Where one types when there is something to fill in; else the title, which showModal found first.
    element
      .querySelector<HTMLElement>('.cc-dialog__body :is(input:checked, input, select, textarea):not([type=hidden])')
      ?.focus()
    return () => {
      element.close()
      giveBack()
    }
  }, [shape])

  const leave = () => {
    if (dirty.current) setAsking(true)
    else onClose?.()
  }
  return (
    <dialog
      ref={dialog}
      className={`cc-dialog cc-dialog--${shape}${veiled ? ' cc-dialog--veiled' : ''}`}
      aria-labelledby={titleId}
      onCancel={event => {
        event.preventDefault()
        if (onClose) leave()
      }}
      onKeyDown={event => {
        // Chrome closes on a second Escape whatever `cancel` says.
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        if (onClose) leave()
      }}
    >
      <div className="cc-dialog__head">
        <h2 id={titleId} className="fr-h5 fr-mb-0" tabIndex={-1}>
          {title}
        </h2>
        {onClose && (
          <Button
            priority="tertiary no outline"
            size="small"
            icon="fr-icon-close-line"
            iconPosition="right"
            onClick={leave}
          >
            Fermer
          </Button>
        )}
      </div>
      {asking && (
        <LeaveQuestion
          onStay={() => setAsking(false)}
          onLeave={() => {
            ;(draft ?? ofForm.current)?.onDrop()
            onClose?.()
          }}
          {...((draft ?? ofForm.current)?.kept() && onClose ? { onKeep: onClose } : {})}
        />
      )}
      <div className="cc-dialog__body">
        <DialogDraftContext value={tellDraft}>
          <DirtyContext value={tellDirty}>{children}</DirtyContext>
        </DialogDraftContext>
      </div>
    </dialog>
  )
}

const LeaveQuestion = ({
  onStay,
  onLeave,
  onKeep,
}: {
  onStay: () => void
  onLeave: () => void
  onKeep?: () => void
}) => {
  const question = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => question.current?.focus(), [])
  return (
    <div
      className="cc-dialog__question"
      role="alertdialog"
      aria-label="Saisie non enregistrée"
      tabIndex={-1}
      ref={question}
    >
      <p className="fr-mb-1w">
        <strong>Votre saisie n’est pas enregistrée.</strong>{' '}
        {onKeep ? 'Son brouillon peut vous attendre, pour vous seul.' : 'La fermer l’abandonne.'}
      </p>
      <div className="cc-buttons">
        <Button size="small" onClick={onStay}>
          Continuer la saisie
        </Button>
        {onKeep && (
          <Button size="small" priority="secondary" onClick={onKeep}>
            Fermer et garder le brouillon
          </Button>
        )}
        <Button size="small" priority="tertiary" onClick={onLeave}>
          Abandonner la saisie
        </Button>
      </div>
    </div>
  )
}
