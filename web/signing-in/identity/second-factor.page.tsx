import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { openEnrolment } from '../../../contract/signing-in/identity.ts'
import { call } from '../../platform/api.ts'
import { useAddress, useGo } from '../../platform/navigation.ts'
import { meQuery, safeReturn, useMe } from '../../platform/session.ts'
import { Button, Card, Columns, Form, Notice, Page, Tabs, TextField } from '../../ui/index.ts'
import { EnrolPasskey, EnrolTotp, RecoveryCodes } from './enrolment.tsx'
import { SecondFactorProof } from './second-factor-proof.tsx'

export default function SecondFactorPage() {
  const me = useMe()
  const [{ retour }] = useAddress()
  const go = useGo()
  const queries = useQueryClient()
  const [codes, setCodes] = useState<readonly string[]>([])
  const [codesLeft, setCodesLeft] = useState<number>()
  const [way, setWay] = useState('passkey')
  const returnTo = safeReturn(retour)

  const enter = async () => {
    await queries.fetchQuery({ ...meQuery, staleTime: 0 })
    go(returnTo, { replace: true })
  }
  const byPassword = me.factors.first.by === 'password'
  const active = me.session.state === 'active'
  useEffect(() => {
    if (active && !codes.length && codesLeft === undefined) go(returnTo, { replace: true })
  }, [active, codes, codesLeft, go, returnTo])

  if (codes.length)
    return (
      <Page title="Vos codes de secours" width="narrow" lead="Votre second facteur est enregistré.">
        <RecoveryCodes codes={codes} onKept={() => void enter()} />
      </Page>
    )

  if (codesLeft !== undefined)
    return (
      <Page
        title="Code de secours employé"
        width="narrow"
        lead={codesLeft ? `Il vous en reste ${codesLeft}.` : 'C’était le dernier.'}
      >
        {codesLeft < 3 && (
          <Notice tone="warning">
            Enregistrez un autre moyen dans « Mon compte » dès maintenant, ou vous ne pourrez plus entrer sans votre
            RGC.
          </Notice>
        )}
        <div className="fr-mt-3w">
          <Button onClick={() => void enter()}>Continuer</Button>
        </div>
      </Page>
    )

  if (me.factors.enrolled.length)
    return (
      <Page
        title="Confirmez votre second facteur"
        width="narrow"
        lead={
          byPassword
            ? 'Votre mot de passe est juste. Confirmez maintenant votre second facteur.'
            : 'ProConnect a vérifié votre premier facteur. Confirmez maintenant le second.'
        }
      >
        <SecondFactorProof
          enrolled={me.factors.enrolled}
          submit="Continuer"
          onProven={left => (left === undefined ? enter() : setCodesLeft(left))}
        />
      </Page>
    )

  if (!me.factors.enrolmentOpen) return <CodeOfManager />

  const enrolled = (recovery: readonly string[]) => (recovery.length ? setCodes(recovery) : void enter())
  return (
    <Page
      title="Enregistrez un second facteur"
      lead={`C’est votre première connexion ici : choisissez ce qui vous sera demandé, en plus de ${byPassword ? 'votre mot de passe' : 'ProConnect'}, à chaque fois.`}
    >
      <Columns shape="aside">
        <Tabs
          label="Moyens possibles"
          current={way}
          onChange={setWay}
          tabs={[
            { id: 'passkey', label: 'Clé d’accès (conseillée)' },
            { id: 'totp', label: 'Application de codes' },
          ]}
        >
          {way === 'passkey' ? <EnrolPasskey plain onEnrolled={enrolled} /> : <EnrolTotp plain onEnrolled={enrolled} />}
        </Tabs>
        <Card title="Pourquoi deux facteurs ?" tone="info">
          <p>
            La convention l’exige de toute personne, à chaque accès : ces données concernent des employeurs et leurs
            interlocuteurs.
          </p>
          <p className="fr-mb-0">
            Un second facteur est d’une autre nature que le premier : quelque chose que vous <em>avez</em>, en plus de
            ce que vous <em>savez</em>. Un code reçu par courriel n’en est pas un.
          </p>
        </Card>
      </Columns>
    </Page>
  )
}

/** The code that an account manager hands over, which opens enrolment once. */
const CodeOfManager = () => {
  const queries = useQueryClient()
  return (
    <Page
      title="Saisissez le code de votre RGC"
      width="narrow"
      lead="Il ouvre, une seule fois, l’enregistrement de votre second facteur."
    >
      <Form
        submit="Continuer"
        onSubmit={async ({ code }) => {
          await call(openEnrolment, { body: { code: code!.trim() }, plain: true })
          await queries.fetchQuery({ ...meQuery, staleTime: 0 })
        }}
      >
        <p>
          Le responsable de gestion de comptes (RGC) de votre structure vous remet ce code de vive voix ; si vous êtes
          RGC, c’est le correspondant sécurité de l’opérateur (CSSI). Il le trouve sur votre page, par « Aider cette
          personne à se connecter ». Il n’est dans aucun courriel : ainsi, qui lirait vos messages n’entrerait pas à
          votre place.
        </p>
        <TextField
          name="code"
          label="Code remis par votre RGC"
          hint="Huit chiffres"
          required
          check={code => (/^(\d ?){8}$/.test(code.trim()) ? undefined : 'le code a huit chiffres.')}
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          width="short"
        />
      </Form>
    </Page>
  )
}
