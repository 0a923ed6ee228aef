import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useAddress, useGo } from '../../platform/navigation.ts'
import { askMe, safeReturn, useMe } from '../../platform/session.ts'
import { Button, Card, Columns, Notice, Page, Refused, Tabs } from '../../ui/index.ts'
import { CodeOfManager } from './code-of-manager.tsx'
import { EnrolPasskey, EnrolTotp, RecoveryCodes } from './enrolment.tsx'
import { SecondFactorProof } from './second-factor-proof.tsx'

export default function SecondFactorPage() {
  const me = useMe()
  const [{ retour }] = useAddress()
  const go = useGo()
  const [codes, setCodes] = useState<readonly string[]>([])
  const [codesLeft, setCodesLeft] = useState<number>()
  const [way, setWay] = useState('passkey')
  const returnTo = safeReturn(retour)

  const enter = async () => {
    await askMe()
    go(returnTo, { replace: true })
  }
  const entering = useMutation({ mutationFn: enter })
  const refused = entering.isError && (
    <div className="fr-mt-3w">
      <Refused problem={entering.error} />
    </div>
  )
  const byPassword = me.factors.first.by === 'password'
  const active = me.session.state === 'active'
  useEffect(() => {
    if (active && !codes.length && codesLeft === undefined) go(returnTo, { replace: true })
  }, [active, codes, codesLeft, go, returnTo])

  if (codes.length)
    return (
      <Page title="Vos codes de secours" width="narrow" lead="Votre second facteur est enregistré.">
        <RecoveryCodes codes={codes} onKept={() => entering.mutate()} />
        {refused}
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
          <Button onClick={() => entering.mutate()}>Continuer</Button>
        </div>
        {refused}
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

  const enrolled = (recovery: readonly string[]) => (recovery.length ? setCodes(recovery) : entering.mutate())
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
      {refused}
    </Page>
  )
}
