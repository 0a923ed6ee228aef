import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { giveEnrolmentCode, sendPasswordLink } from '../../../contract/signing-in/sign-in-help.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatInstant } from '../../platform/format.ts'
import { toast } from '../../platform/toast.ts'
import { announce, Button, ButtonRow, Loaded, Notice, Refused, Section } from '../../ui/index.ts'
import { signInHelpQuery } from './queries.ts'
import { ReasonDialog } from './reason-dialog.tsx'
import { ResetDialog } from './reset-dialog.tsx'
import { WaitingLinks } from './waiting-links.tsx'
import { InTheirPlace, WhoHelps } from './who-helps.tsx'

type Handed = { readonly code: string; readonly endsAt: string; readonly title: string; readonly how: string }

const ToHandOver = ({ title, how, endsAt, code }: Handed) => (
  <Notice tone="success" title={title}>
    <p className="fr-mb-1w">
      {how} : donnez-le <strong>de vive voix</strong>, jamais par courriel ni messagerie. Il sert une fois, jusqu’au{' '}
      {formatInstant(endsAt)}, et ne sera plus montré.
    </p>
    <p className="fr-mb-0">
      <code className="cc-secret cc-secret--read">{code}</code>
    </p>
  </Notice>
)

/**
 * What an account manager can do for someone of their structure who cannot come in any more, or the operator for a
 * first person of a structure that has none: for the page of a person.
 */
export const SignInHelp = ({ accountId }: { accountId: string }) => {
  const help = useQuery(signInHelpQuery(accountId))
  const queries = useQueryClient()
  const [resetting, setResetting] = useState(false)
  /** What waits for the reason that the operator owes for a first person. */
  const [asking, setAsking] = useState<'link' | 'code'>()
  const [handed, setHanded] = useState<Handed>()
  const refresh = () => queries.invalidateQueries({ queryKey: ['sign-in-help', accountId] })
  const link = useMutation({
    mutationFn: (body: { reason?: string }) => call(sendPasswordLink, { params: { accountId }, body }),
    onSuccess: ({ code, endsAt }) => {
      setHanded({
        code,
        endsAt,
        title: 'Lien envoyé',
        how: 'Le lien est parti à l’adresse professionnelle de cette personne. Il ne s’ouvre qu’avec le code ci-dessous',
      })
      toast('Le lien est envoyé.')
    },
  })
  const give = useMutation({
    mutationFn: (body: { reason?: string }) => call(giveEnrolmentCode, { params: { accountId }, body }),
    onSuccess: ({ code, endsAt }) => {
      setHanded({
        code,
        endsAt,
        title: 'Code à remettre',
        how: 'Cette personne le saisira à sa prochaine connexion, avant d’enregistrer son second facteur',
      })
      announce('Le code est affiché.')
    },
  })
  return (
    <Section title="Connexion">
      <Loaded query={help} lines={3}>
        {({ name, own, secondFactors, hasPassword, waiting, reasonNeeded, allowed }) => (
          <>
            {reasonNeeded && <InTheirPlace name={name} />}
            {allowed.includes('decide-link') && (
              <WaitingLinks {...{ accountId, name, waiting, reasonNeeded }} onDecided={refresh} />
            )}
            <WhoHelps own={own} told={secondFactors !== null} />
            {secondFactors !== null && (
              <p className={waiting.length ? 'fr-mt-3w' : ''}>
                {secondFactors === 0
                  ? 'Aucun second facteur n’est enregistré ici'
                  : `${formatCount(secondFactors, 'second facteur enregistré ici', 'seconds facteurs enregistrés ici')}`}
                {hasPassword ? ' ; un mot de passe a été choisi.' : '.'}
              </p>
            )}
            {handed && <ToHandOver {...handed} />}
            {(link.error ?? give.error) && <Refused problem={(link.error ?? give.error)!} />}
            {allowed.length > 0 && (
              <ButtonRow>
                {allowed.includes('reset-second-factors') && (
                  <Button size="small" priority="secondary" onClick={() => setResetting(true)}>
                    Réinitialiser le second facteur
                  </Button>
                )}
                {allowed.includes('give-enrolment-code') && (
                  <Button
                    size="small"
                    priority="secondary"
                    busy={give.isPending}
                    onClick={() => (reasonNeeded ? setAsking('code') : give.mutate({}))}
                  >
                    Remettre un code pour le second facteur
                  </Button>
                )}
                {allowed.includes('send-password-link') && (
                  <Button
                    size="small"
                    priority="secondary"
                    busy={link.isPending}
                    onClick={() => (reasonNeeded ? setAsking('link') : link.mutate({}))}
                  >
                    {hasPassword
                      ? 'Envoyer un lien pour changer de mot de passe'
                      : 'Envoyer le lien du premier mot de passe'}
                  </Button>
                )}
              </ButtonRow>
            )}
            {asking && (
              <ReasonDialog
                title={asking === 'code' ? 'Remettre un code' : 'Envoyer un lien de mot de passe'}
                submit={asking === 'code' ? 'Obtenir le code' : 'Envoyer le lien'}
                name={name}
                about={accountId}
                onClose={() => setAsking(undefined)}
                onSubmit={reason => (asking === 'code' ? give : link).mutateAsync({ reason })}
              />
            )}
            {resetting && (
              <ResetDialog
                accountId={accountId}
                name={name}
                told={reasonNeeded}
                onClose={() => setResetting(false)}
                onReset={answer => {
                  setHanded({
                    ...answer,
                    title: 'Second facteur réinitialisé',
                    how: 'Cette personne aura besoin du code ci-dessous pour en enregistrer un autre',
                  })
                  setResetting(false)
                  return refresh()
                }}
              />
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}
