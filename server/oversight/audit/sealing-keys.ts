import { ConfigurationError, type SealingSettings, type VerifyingSettings } from '../../platform/config.ts'
import { readVerifierKey, type SignerKey, signerKey, type VerifierKey } from './checkpoint-note.ts'
import { fileWitness, type Witness } from './file-witness.ts'

/** What the sequencer seals with, from the settings. */
export const sealingOf = ({
  origin,
  signingKey,
  witnessFile,
}: SealingSettings): { signer: SignerKey; witness: Witness } => ({
  signer: signerKey(origin, signingKey),
  witness: fileWitness(witnessFile),
})

/**
 * The public keys that the trail is verified with: those given, or the one of the key that signs. Never from the
 * database.
 */
export const verifierKeysOf = ({ publicKeys, signing }: VerifyingSettings): VerifierKey[] => {
  const keys = publicKeys.map(readVerifierKey)
  if (keys.includes(undefined))
    throw new ConfigurationError([
      'AUDIT_PUBLIC_KEYS n’est pas une suite de clés « origine+numéro+base64 », comme « npm run audit -- public-key » les donne',
    ])
  return signing ? [signerKey(signing.origin, signing.signingKey).verifier] : (keys as VerifierKey[])
}
