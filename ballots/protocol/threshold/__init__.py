"""Members of the election board make one key together, so that any k of n of them can decrypt the sum.

The set-up after Pedersen has six steps (PROTOCOL.md section 13), each a function from lines of JSON to lines of
JSON, so that a server may relay them without being trusted:

1. `certificate.make_certificate`  each member announces the keys she signs and opens messages with
2. `certificate.check_certificates`  everybody checks all of them
3. `dealing.deal_polynomial`  each member deals one secret share to every member
4. `dealing.redistribute`  the server hands every member what is meant for her
5. `share.make_share`  each member checks what she was dealt and adds it up to her decryption key
6. `parameters.assemble_parameters`  anybody puts the public outcome together
"""
