import { useBlocker } from '@tanstack/react-router'
import { useLayoutEffect, useRef } from 'react'
import { Button, ButtonRow } from '../button.tsx'
import './draft.css'

/**
 * `kept`: its draft is on the server with the last word typed. Going back, following a link or closing the tab with
 * something unsent asks first. Escape and « Fermer » are asked by the dialog itself.
 */
export const LeaveGuard = ({ unsent, kept = () => false }: { unsent: () => boolean; kept?: () => boolean }) => {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: unsent,
    enableBeforeUnload: () => unsent() && !kept(),
    withResolver: true,
  })
  const question = useRef<HTMLDivElement>(null)
  const asked = status === 'blocked'
  useLayoutEffect(() => {
    if (asked) question.current?.focus()
  }, [asked])
  if (!asked) return null
  return (
    <div className="cc-leave" role="alertdialog" aria-label="Quitter sans enregistrer ?" tabIndex={-1} ref={question}>
      <p className="fr-mb-1w">
        <strong>Votre saisie n’est pas enregistrée.</strong>{' '}
        {kept() ? 'Son brouillon vous attend sept jours, pour vous seul.' : 'Quitter la page l’abandonne.'}
      </p>
      <ButtonRow>
        <Button size="small" onClick={reset}>
          Continuer la saisie
        </Button>
        <Button size="small" priority="tertiary" onClick={proceed}>
          Quitter sans enregistrer
        </Button>
      </ButtonRow>
    </div>
  )
}
