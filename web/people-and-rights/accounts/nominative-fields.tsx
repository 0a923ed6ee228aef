import { TextField } from '../../ui/index.ts'

/** Who a person without an account is: the address is the one they sign in with. */
export const NominativeFields = ({ example }: { example: string }) => (
  <>
    <TextField name="givenName" label="Prénom" required maxLength={100} />
    <TextField name="familyName" label="Nom" required maxLength={100} />
    <TextField name="function" label="Fonction" hint={`Par exemple : ${example}`} required maxLength={120} />
    <TextField
      name="email"
      label="Courriel nominatif"
      hint="L’adresse de la personne, pas celle d’un service : elle s’en sert pour se connecter"
      type="email"
      required
      maxLength={254}
    />
  </>
)
export const nominativeOf = (values: Record<string, string>) => ({
  givenName: values.givenName!,
  familyName: values.familyName!,
  function: values.function!,
  email: values.email!.trim(),
})
