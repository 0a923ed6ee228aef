import { useBlocker } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { Button, ButtonRow } from '../ui/index.ts'
import './exchange.css'

/** Going back, following a link or closing the tab with something unsent asks first. Escape and « Fermer » are asked by the dialog itself. */
export const LeaveGuard = ({ unsent }: { unsent: () => boolean }) => {
  const { status, proceed, reset } = useBlocker({ shouldBlockFn: unsent, enableBeforeUnload: unsent, withResolver: true })
  const question = useRef<HTMLDivElement>(null)
  const asked = status === 'blocked'
  useEffect(() => {
    if (asked) question.current?.focus()
  }, [asked])
  if (!asked) return null
  return (
    <div className="cc-leave" role="alertdialog" aria-label="Quitter sans enregistrer ?" tabIndex={-1} ref={question}>
      <p className="fr-mb-1w"><strong>Votre saisie n’est pas enregistrée.</strong> Quitter la page l’abandonne.</p>
      <ButtonRow>
        <Button size="small" onClick={reset}>Continuer la saisie</Button>
        <Button size="small" priority="tertiary" onClick={proceed}>Quitter sans enregistrer</Button>
      </ButtonRow>
    </div>
  )
}
