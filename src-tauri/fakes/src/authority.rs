//! A certificate authority that lasts as long as the mock services.

use std::{io, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CrlDistributionPoint, DistinguishedName,
    DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, SerialNumber, date_time_ymd,
};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
};

/// The authority's certificate and a TLS configuration based on it.
pub(crate) struct Authority {
    /// The certificate to trust, as PEM.
    pub pem: String,
    /// The TLS configuration for every name passed to [`Authority::new`]; supports http/1.1 and h2.
    pub tls: Arc<ServerConfig>,
    /// The certificate revocation list, as DER; empty.
    pub revoked: Vec<u8>,
}

impl Authority {
    /// Creates an authority that certifies these names and addresses. Its certificates refer to the revocation list at
    /// `list`, which Windows fetches.
    pub fn new(names: Vec<String>, list: String) -> io::Result<Self> {
        let ca_key = KeyPair::generate().map_err(io::Error::other)?;
        let mut ca = named("stand-ins' authority");
        ca.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let pem = ca.self_signed(&ca_key).map_err(io::Error::other)?.pem();

        let key = KeyPair::generate().map_err(io::Error::other)?;
        let mut leaf = named("stand-in");
        leaf.subject_alt_names = CertificateParams::new(names).map_err(io::Error::other)?.subject_alt_names;
        leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        leaf.use_authority_key_identifier_extension = true;
        leaf.crl_distribution_points = vec![CrlDistributionPoint { uris: vec![list] }];
        let issuer = Issuer::new(ca, ca_key);
        let leaf = leaf.signed_by(&key, &issuer).map_err(io::Error::other)?;
        let revoked = nothing_revoked().signed_by(&issuer).map_err(io::Error::other)?.der().to_vec();

        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|tls| tls.with_no_client_auth().with_single_cert(vec![leaf.der().clone()], key))
            .map_err(io::Error::other)?;
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self { pem, tls: Arc::new(tls), revoked })
    }
}

/// Valid for as long as the certificates are.
fn nothing_revoked() -> CertificateRevocationListParams {
    CertificateRevocationListParams {
        this_update: date_time_ymd(1975, 1, 1),
        next_update: date_time_ymd(4096, 1, 1),
        crl_number: SerialNumber::from(1),
        issuing_distribution_point: None,
        revoked_certs: Vec::new(),
        key_identifier_method: KeyIdMethod::Sha256,
    }
}

fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, format!("Spartan Tray {name} (testing only)"));
    params
}
