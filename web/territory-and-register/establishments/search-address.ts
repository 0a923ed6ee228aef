export * from '../../../contract/territory-and-register/search-address.ts'
