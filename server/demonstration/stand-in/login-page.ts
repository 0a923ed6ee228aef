import type { StandInPerson } from './people.ts'

export const acrs = ['eidas2', 'eidas3', 'eidas1-mfa', 'eidas0-mfa', 'eidas1', 'eidas0'] as const
export type Acr = (typeof acrs)[number]

export const faults = {
  none: 'Aucun défaut',
  'wrong-nonce': 'Jeton lié à une autre demande (nonce)',
  'unsigned-userinfo': 'Identité non signée',
  'replayed-code': 'Code déjà employé',
  'no-mfa': 'Second facteur demandé, non fait',
  'other-issuer': 'Jeton d’un autre émetteur',
  'wrong-signature': 'Signature fausse',
} as const
export type Fault = keyof typeof faults

const inHtml = (text: string) => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)
const option = (value: string, label: string) => `<option value="${inHtml(value)}">${inHtml(label)}</option>`
const personLabel = (p: StandInPerson) => `${p.givenName} ${p.usualName}, ${p.organisation} : ${p.sentence}`

const page = (title: string, body: string) => `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${inHtml(title)}</title>
<style>body{font:1.125rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#161616;background:#fff}label{display:block;margin-top:1.5rem;font-weight:700}
.hint{display:block;font-weight:400;color:#3a3a3a}select,input,button{font:inherit;padding:.5rem;width:100%;box-sizing:border-box;border:1px solid #3a3a3a;background:#f6f6f6;color:inherit}
summary{margin-top:1.5rem;cursor:pointer;padding:.25rem 0}
button{margin-top:2rem;background:#000091;color:#fff;border:0;cursor:pointer}:focus{outline:3px solid #0a76f6;outline-offset:2px}</style></head>
<body><main><h1>${inHtml(title)}</h1>${body}</main></body></html>`

export const loginPage = (demandsMfa: boolean, people: readonly StandInPerson[]) =>
  page(
    'Connexion de démonstration',
    `
<p>Cette page tient la place de ProConnect sur cette machine. Les personnes sont inventées ; aucun mot de passe n’est demandé.</p>
${demandsMfa ? '<p>Le service demande une connexion à plusieurs facteurs.</p>' : ''}
<form method="post">
<label for="person">Personne</label><select id="person" name="person">${people.map(p => option(p.id, personLabel(p))).join('')}</select>
<details><summary>Options : niveau, méthodes, défaut à simuler</summary>
<label for="acr">Niveau d’authentification (acr) <span class="hint">eidas2 et eidas3 : deux facteurs ; eidas1-mfa : parfois un simple code reçu par courriel ; eidas1 : mot de passe seul</span></label><select id="acr" name="acr">${acrs.map(a => option(a, a)).join('')}</select>
<label for="amr">Méthodes utilisées (amr) <span class="hint">Séparées par des virgules, par exemple : pwd,otp,mfa</span></label><input id="amr" name="amr" value="pwd,otp,mfa" autocomplete="off" spellcheck="false">
<label for="fault">Défaut à simuler <span class="hint">Pour vérifier que le service refuse une réponse altérée</span></label><select id="fault" name="fault">${Object.entries(
      faults,
    )
      .map(([v, l]) => option(v, l))
      .join('')}</select>
</details>
<button type="submit">Se connecter</button>
</form>`,
  )

export const errorPage = (code: string, detail: string) =>
  page('Connexion impossible', `<p>Code d’erreur : ${inHtml(code)}</p><p>${inHtml(detail)}</p>`)
