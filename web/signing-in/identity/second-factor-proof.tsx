import { startAuthentication } from '@simplewebauthn/browser'
import { useState } from 'react'
import {
  proveByPasskey,
  proveByRecoveryCode,
  proveByTotp,
  startPasskeyProof,
} from '../../../contract/signing-in/identity.ts'
import { call } from '../../platform/api.ts'
import { ApiProblem } from '../../platform/problem.ts'
import type { Me } from '../../platform/session.ts'
import { Button, ButtonRow, Form, Notice, TextField } from '../../ui/index.ts'

type Way = 'passkey' | 'totp' | 'recovery-code'
const six = (code: string) => (/^\d{3} ?\d{3}$/.test(code) ? undefined : 'le code a six chiffres.')

/** Proves the second factor: at entry, to unlock, or to confirm a sensitive act. */
export const SecondFactorProof = ({
  enrolled,
  submit,
  onProven,
}: {
  enrolled: Me['factors']['enrolled']
  submit: string
  onProven: (codesLeft?: number) => unknown
}) => {
  const has = (kind: 'passkey' | 'totp') => enrolled.some(factor => factor.kind === kind)
  const [way, setWay] = useState<Way>(has('passkey') ? 'passkey' : 'totp')

  const otherWays = (
    [
      ['passkey', 'Utiliser ma clé d’accès'],
      ['totp', 'Utiliser mon application de codes'],
      ['recovery-code', 'Utiliser un code de secours'],
    ] as const
  ).filter(([other]) => other !== way && (other === 'recovery-code' || has(other)))

  return (
    <>
      {way === 'passkey' && (
        <Form
          draft="secret"
          key="passkey"
          submit="Utiliser ma clé d’accès"
          busyWords="En attente de votre appareil…"
          onSubmit={async () => {
            await provePasskey()
            await onProven()
          }}
        >
          <p>
            Votre navigateur va vous demander votre clé d’accès : empreinte, visage, code de l’appareil ou clé de
            sécurité.
          </p>
        </Form>
      )}
      {way === 'totp' && (
        <Form
          draft="secret"
          key="totp"
          submit={submit}
          busyWords="Vérification…"
          onSubmit={async ({ code }) => {
            await call(proveByTotp, { body: { code: code!.trim() }, plain: true })
            await onProven()
          }}
        >
          <TextField
            name="code"
            label="Code à six chiffres"
            hint="Affiché par votre application de codes ; il change toutes les trente secondes"
            required
            check={six}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={8}
            width="short"
            autoFocus
          />
        </Form>
      )}
      {way === 'recovery-code' && (
        <Form
          draft="secret"
          key="recovery-code"
          submit={submit}
          busyWords="Vérification…"
          onSubmit={async ({ code }) => {
            const { recoveryCodesLeft } = await call(proveByRecoveryCode, { body: { code: code!.trim() }, plain: true })
            await onProven(recoveryCodesLeft)
          }}
        >
          <TextField
            name="code"
            label="Code de secours"
            hint="L’un de ceux que vous avez gardés à l’enregistrement ; chacun ne sert qu’une fois"
            required
            width="medium"
            spellCheck={false}
            autoFocus
          />
          <Notice>
            Plus de code de secours ni d’appareil ? Adressez-vous au responsable de gestion de comptes (RGC) de votre
            structure. Elle n’en a pas en fonction ? À la direction régionale de l’opérateur si vous en êtes le
            signataire, à son correspondant sécurité (CSSI) si un acte d’engagement vous désigne.
          </Notice>
        </Form>
      )}
      {otherWays.length > 0 && (
        <div className="fr-mt-2w">
          <ButtonRow>
            {otherWays.map(([other, label]) => (
              <Button key={other} priority="tertiary" size="small" onClick={() => setWay(other)}>
                {label}
              </Button>
            ))}
          </ButtonRow>
        </div>
      )}
    </>
  )
}

const provePasskey = async () => {
  const { options } = await call(startPasskeyProof, { plain: true })
  const answer = await ceremony(() => startAuthentication({ optionsJSON: options as never }))
  await call(proveByPasskey, { body: { answer }, plain: true })
}

/** The browser's own refusals (closed window, no key here, too slow) in words. */
export const ceremony = async <T,>(run: () => Promise<T>): Promise<T> => {
  try {
    return await run()
  } catch (error) {
    const already = error instanceof Error && error.name === 'InvalidStateError'
    throw new ApiProblem('second-factor/passkey-refused', 422, {
      title: already ? 'Clé d’accès déjà enregistrée' : 'Clé d’accès non présentée',
      detail: already
        ? 'Cet appareil porte déjà une de vos clés d’accès.'
        : 'La demande a été fermée, a pris trop de temps, ou cet appareil ne porte pas votre clé. Réessayez, ou utilisez un autre moyen.',
    })
  }
}
