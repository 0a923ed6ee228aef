import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { giveEnrolmentCode, resetSecondFactors, sendPasswordLink } from '../../../contract/signing-in/sign-in-help.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatInstant } from '../../platform/format.ts'
import { toast } from '../../platform/toast.ts'
import {
  announce,
  Button,
  ButtonRow,
  Dialog,
  Form,
  Loaded,
  Notice,
  Refused,
  Section,
  TextArea,
} from '../../ui/index.ts'
import { signInHelpQuery } from './queries.ts'
import { WaitingLinks } from './waiting-links.tsx'

type Handed = { readonly code: string; readonly endsAt: string; readonly title: string; readonly how: string }

/**
 * What an account manager can do for someone of their structure who cannot come in any more: for the page of a person.
 */
export const SignInHelp = ({ accountId }: { accountId: string }) => {
  const help = useQuery(signInHelpQuery(accountId))
  const queries = useQueryClient()
  const [resetting, setResetting] = useState(false)
  const [handed, setHanded] = useState<Handed>()
  const refresh = () => queries.invalidateQueries({ queryKey: ['sign-in-help', accountId] })
  const link = useMutation({
    mutationFn: () => call(sendPasswordLink, { params: { accountId }, body: {} }),
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
    mutationFn: () => call(giveEnrolmentCode, { params: { accountId }, body: {} }),
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
        {({ name, own, secondFactors, hasPassword, waiting, allowed }) => (
          <>
            {allowed.includes('decide-link') && (
              <WaitingLinks accountId={accountId} name={name} waiting={waiting} onDecided={refresh} />
            )}
            {own && (
              <Notice>
                Pour vos propres facteurs, passez par « Mon compte ». S’ils sont perdus, une autre personne doit vous
                aider : le RGC de votre structure ou, si vous êtes RGC, le correspondant sécurité de l’opérateur (CSSI).
              </Notice>
            )}
            {!own && secondFactors === null && (
              <Notice>
                Seul le responsable de gestion de comptes (RGC) de sa structure peut aider cette personne à se connecter
                ; pour un RGC, c’est le correspondant sécurité de l’opérateur (CSSI).
              </Notice>
            )}
            {secondFactors !== null && (
              <p className={waiting.length ? 'fr-mt-3w' : ''}>
                {secondFactors === 0
                  ? 'Aucun second facteur n’est enregistré ici'
                  : `${formatCount(secondFactors, 'second facteur enregistré ici', 'seconds facteurs enregistrés ici')}`}
                {hasPassword ? ' ; un mot de passe a été choisi.' : '.'}
              </p>
            )}
            {handed && (
              <Notice tone="success" title={handed.title}>
                <p className="fr-mb-1w">
                  {handed.how} : donnez-le <strong>de vive voix</strong>, jamais par courriel ni messagerie. Il sert une
                  fois, jusqu’au {formatInstant(handed.endsAt)}, et ne sera plus montré.
                </p>
                <p className="fr-mb-0">
                  <code className="cc-secret cc-secret--read">{handed.code}</code>
                </p>
              </Notice>
            )}
            {(link.error ?? give.error) && <Refused problem={(link.error ?? give.error)!} />}
            {allowed.length > 0 && (
              <ButtonRow>
                {allowed.includes('reset-second-factors') && (
                  <Button size="small" priority="secondary" onClick={() => setResetting(true)}>
                    Réinitialiser le second facteur
                  </Button>
                )}
                {allowed.includes('give-enrolment-code') && (
                  <Button size="small" priority="secondary" busy={give.isPending} onClick={() => give.mutate()}>
                    Remettre un code pour le second facteur
                  </Button>
                )}
                {allowed.includes('send-password-link') && (
                  <Button size="small" priority="secondary" busy={link.isPending} onClick={() => link.mutate()}>
                    {hasPassword
                      ? 'Envoyer un lien pour changer de mot de passe'
                      : 'Envoyer le lien du premier mot de passe'}
                  </Button>
                )}
              </ButtonRow>
            )}
            {resetting && (
              <Dialog title="Réinitialiser le second facteur" onClose={() => setResetting(false)}>
                <Form
                  draft={{ name: 'factors-reset', about: accountId }}
                  submit="Réinitialiser"
                  onCancel={() => setResetting(false)}
                  onSubmit={async ({ reason }) => {
                    // What it answers is shown once: sent again, it would be done again, so that it waits for the person.
                    const { sessionsEnded, code, endsAt } = await call(resetSecondFactors, {
                      params: { accountId },
                      body: { reason: reason!.trim() },
                    })
                    toast(
                      `Le second facteur est réinitialisé, et ${formatCount(sessionsEnded, 'session fermée', 'sessions fermées')}.`,
                    )
                    setHanded({
                      code,
                      endsAt,
                      title: 'Second facteur réinitialisé',
                      how: 'Cette personne aura besoin du code ci-dessous pour en enregistrer un autre',
                    })
                    setResetting(false)
                    await refresh()
                  }}
                >
                  <p>
                    Assurez-vous d’abord, de vive voix, que c’est bien <strong>{name}</strong> qui le demande. Tous ses
                    seconds facteurs et codes de secours ne serviront plus, et ses sessions seront fermées. Un courriel
                    l’en avertit.
                  </p>
                  <TextArea
                    name="reason"
                    label="Motif"
                    hint="Gardé au journal. Par exemple : téléphone perdu, identité vérifiée par téléphone"
                    required
                    maxLength={300}
                    rows={3}
                  />
                </Form>
              </Dialog>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}
