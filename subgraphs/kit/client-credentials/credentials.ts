import type { JWK } from 'jose'

/** OAuth 2.0 client credentials (RFC 6749, 4.4). */
export interface ClientCredentials {
  readonly tokenUrl: string
  readonly clientId: string
  readonly scope?: string
  /** A secret (client_secret_basic), or a private key that signs (private_key_jwt, RFC 7523). */
  readonly proof: { readonly secret: string } | { readonly privateKey: JWK }
}
