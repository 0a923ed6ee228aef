import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { getMe } from '../../../contract/signing-in/identity.ts'
import { call } from '../../platform/api.ts'
import { type ProofReason, proofAsked } from '../../platform/proof.ts'
import {
  type Me,
  meQuery,
  passwordAddress,
  signInAddress,
  signOut,
  stepUpAddress,
  useMaybeMe,
} from '../../platform/session.ts'
import { Button, ButtonRow, Dialog, Notice } from '../../ui/index.ts'
import { SecondFactorProof } from './second-factor-proof.tsx'

const words: Record<ProofReason, { title: string; sentence: string }> = {
  locked: {
    title: 'Session verrouillée',
    sentence: 'Sans activité depuis trente minutes, la page s’est verrouillée. Ce qui y était saisi vous attend.',
  },
  'step-up': {
    title: 'Confirmez votre identité',
    sentence: 'Cette action demande de confirmer de nouveau votre second facteur.',
  },
  expired: {
    title: 'Votre session est terminée',
    sentence: 'Reconnectez-vous pour continuer : la page et ce qui y est saisi restent en place.',
  },
}

/** Stands over the page, which stays as it is: lock, sensitive act, or a session that ended. */
export const ProofDialog = () => {
  const asked = proofAsked.use()
  const me = useMaybeMe()
  const queries = useQueryClient()
  const wasHere = useRef<string | undefined>(undefined)
  if (me) wasHere.current = me.account.id
  if (!asked) return null

  const { reason, answer } = asked
  const check = async () => {
    const now = await call(getMe, { plain: true })
    if (!proven(now, reason)) return false
    // Someone else signed in from this browser: nothing of the first person's page may be shown to them or sent in
    // their name.
    if (wasHere.current && now.account.id !== wasHere.current) window.location.assign('/')
    else {
      queries.setQueryData(meQuery.queryKey, now)
      answer(true)
    }
    return true
  }
  const { title, sentence } = words[reason]
  const elsewhere = reason === 'expired' || !me?.factors.enrolled.length
  const byPassword = me?.factors.first.by === 'password'
  const address = byPassword ? passwordAddress : reason === 'expired' ? signInAddress : stepUpAddress
  return (
    <Dialog
      title={title}
      veiled={reason !== 'step-up'}
      {...(reason === 'step-up' ? { onClose: () => answer(false) } : {})}
    >
      <p>{sentence}</p>
      {me && reason !== 'step-up' && (
        <p>
          Vous étiez connecté en tant que{' '}
          <strong>
            {me.account.givenName} {me.account.familyName}
          </strong>{' '}
          ({me.organisation.name}).
        </p>
      )}
      {elsewhere ? (
        <Elsewhere
          address={address('/connexion/revenir')}
          here={reason === 'step-up' ? null : address(window.location.pathname + window.location.search)}
          way={byPassword ? 'mon mot de passe' : 'ProConnect'}
          check={check}
        />
      ) : (
        <SecondFactorProof
          enrolled={me!.factors.enrolled}
          submit={reason === 'locked' ? 'Déverrouiller' : 'Confirmer'}
          onProven={check}
        />
      )}
      {reason !== 'step-up' && (
        <p className="fr-mt-3w fr-mb-0 fr-text--sm">
          <Button
            priority="tertiary no outline"
            size="small"
            onClick={() => void signOut().catch(() => window.location.assign('/connexion'))}
          >
            Ce n’est pas moi, ou je veux quitter
          </Button>
        </p>
      )}
    </Dialog>
  )
}

const proven = ({ session }: Me, reason: ProofReason) =>
  session.state === 'active' &&
  (reason !== 'step-up' || (session.steppedUpUntil !== null && Date.parse(session.steppedUpUntil) > Date.now()))

interface ElsewhereProps {
  address: string
  /** The same, coming back to this page; none while an act waits for the proof. */
  here: string | null
  way: string
  check: () => Promise<boolean>
}
/** Signing in again in another tab; this page notices by itself. In this one, where nothing typed would be lost. */
const Elsewhere = ({ address, here, way, check }: ElsewhereProps) => {
  // A page without a form holds nothing typed: it may be left, and come back to.
  const [isFree] = useState(() => !document.querySelector('main form, dialog:not(.cc-dialog--veiled) form'))
  const latest = useRef(check)
  latest.current = check
  useEffect(() => {
    const look = () => void latest.current().catch(() => undefined)
    const timer = setInterval(look, 3000)
    window.addEventListener('focus', look)
    return () => {
      clearInterval(timer)
      window.removeEventListener('focus', look)
    }
  }, [])
  if (here && isFree)
    return (
      <ButtonRow>
        <Button onClick={() => window.location.assign(here)}>Se reconnecter avec {way}</Button>
      </ButtonRow>
    )
  return (
    <>
      <ButtonRow>
        <Button href={address} target="_blank">
          Se reconnecter avec {way} (nouvel onglet)
        </Button>
      </ButtonRow>
      <div className="fr-mt-2w">
        <Notice>Une fois connecté dans l’autre onglet, revenez ici : la page reprend d’elle-même.</Notice>
      </div>
    </>
  )
}
